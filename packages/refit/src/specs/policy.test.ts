import { describe, expect, it } from "vitest";
import { installedLearners } from "../adapters/learners/index.ts";
import { readModelSpec } from "./documents.ts";
import { readPolicySpec } from "./policy.ts";

const { installed } = installedLearners({ env: {}, onLine: () => {} });
const text = `# ours
task: binary
data: churn
target: left
time: day
candidates: [{ learner: linear }] # plain
metrics: { primary: rocAuc }
gates: [{ metric: rocAuc, min: 0.6 }]
retrain: { minNewRows: 100, maxAgeDays: 50 }
`;
const base = { text, spec: readModelSpec("model.yaml", text, installed) };
const read = (policy: string) => readPolicySpec(base, "policy.yaml", policy, installed);

describe("readPolicySpec", () => {
  it("puts each key of the file in place of the model's own, as a whole", () => {
    const { spec, text: merged, changes } = read("retrain: { maxAgeDays: 7 }\ntraining: { days: 60 }\n");

    expect(spec.retrain).toMatchObject({ maxAgeDays: 7 });
    expect(spec.retrain.minNewRows).toBeUndefined();
    expect(spec.training).toEqual({ days: 60 });
    expect(spec.candidates).toEqual(base.spec.candidates);
    expect(changes.map(({ key, before }) => [key, before === null])).toEqual([
      ["retrain", false],
      ["training", true],
    ]);
    expect(merged).toContain("# plain");
    expect(readModelSpec("model.yaml", merged, installed)).toEqual(spec);
  });

  it("takes a whole model.yaml, too", () => {
    const whole = read(text.replace("50", "7"));

    expect(whole.changes).toEqual([
      {
        key: "retrain",
        before: "retrain: { minNewRows: 100, maxAgeDays: 50 }",
        after: "retrain: { minNewRows: 100, maxAgeDays: 7 }",
      },
    ]);
    expect(whole.spec).toEqual({
      ...base.spec,
      retrain: { ...base.spec.retrain, maxAgeDays: 7 },
    });
  });

  it.each<[why: string, policy: string, code: string, words: string]>([
    ["another target", "target: stayed\n", "backtest-policy", "`target`"],
    ["another metric", "metrics: { primary: rocAuc, also: [logLoss] }\n", "backtest-policy", "`metrics`"],
    ["a word that is not known", "retrain: { maxAgeDay: 7 }\n", "spec-invalid", "policy.yaml"],
    ["what is not a map", "- 1\n", "spec-invalid", "policy.yaml"],
    ["what is not YAML", "retrain: {\n", "spec-invalid", "policy.yaml"],
  ])("refuses %s", (_why, policy, code, words) => {
    const refused = () => read(policy);

    expect(refused).toThrow(expect.objectContaining({ code }));
    expect(refused).toThrow(words);
  });
});
