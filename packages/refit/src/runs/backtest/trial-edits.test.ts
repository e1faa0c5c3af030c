import type { PolicyTrial } from "@refit/core/backtest";
import { describe, expect, it } from "vitest";
import { installedLearners } from "../../adapters/learners/index.ts";
import { readModelSpec } from "../../specs/documents.ts";
import { editPolicySpec } from "../../specs/policy.ts";
import { editsOf } from "./trial-edits.ts";

const { installed } = installedLearners({ env: {}, onLine: () => {} });
/** As `init` writes it. */
const text = `task: binary
data: churn
target: left
time: day
candidates: # all are trained
  - { learner: gbdt }
  - { learner: gbdt, training: { days: 120 } } # forgets what is older
  - { learner: gbdt, training: { days: 40 }, trees: 50 }
  - { learner: linear }
holdout: { days: 14, minRows: 150 } # the fewest
metrics: { primary: rocAuc }
gates: [{ metric: rocAuc, min: 0.6 }]
retrain:
  maxAgeDays: 7 # the rhythm
  minNewRows: 300 # a burst
`;

function tried(trial: PolicyTrial, before = text) {
  const spec = readModelSpec("model.yaml", before, installed);
  return editPolicySpec({ text: before, spec }, "trial", editsOf(trial, spec), installed);
}

describe("editsOf", () => {
  it("changes the rhythm and the holdout in place", () => {
    const { spec, changes, text: after } = tried({ maxAgeDays: 28, minNewRows: null, holdoutDays: 7 });

    expect(spec.retrain).toMatchObject({ maxAgeDays: 28 });
    expect(spec.retrain.minNewRows).toBeUndefined();
    expect(spec.holdout).toEqual({ days: 7, minRows: 150 });
    expect(after).toContain("  maxAgeDays: 28 # the rhythm\n");
    expect(changes.map(({ key }) => key)).toEqual(["holdout", "retrain"]);
  });

  it("puts one window in place of those of the candidates", () => {
    const { spec, text: after } = tried({ trainingDays: 60 });

    expect(spec.training).toEqual({ days: 60 });
    expect(spec.candidates.map(({ learner, training }) => [learner, training])).toEqual([
      ["gbdt", undefined],
      ["gbdt", undefined],
      ["linear", undefined],
    ]);
    expect(after).toContain("  - { learner: gbdt, trees: 50 }\n");
    expect(after).toContain("candidates: # all are trained\n");
  });

  it.each<[before: string, trainingDays: number | null, after: object | undefined]>([
    ["training: { days: 9 }\n", null, undefined],
    ["training: { days: 9, halfLifeDays: 5 }\n", null, { halfLifeDays: 5 }],
    ["training: { rows: 900, halfLifeDays: 5 }\n", null, { halfLifeDays: 5 }],
    ["training: { rows: 900 }\n", 60, { days: 60 }],
    ["training: { halfLifeDays: 5 }\n", 60, { days: 60, halfLifeDays: 5 }],
    ["", null, undefined],
  ])("makes of %j with %j days %j", (before, trainingDays, after) => {
    expect(tried({ trainingDays }, text + before).spec.training).toEqual(after);
  });

  it("sets a number of rows beside the age, also where there was none", () => {
    const none = text.replace("  minNewRows: 300 # a burst\n", "");

    expect(tried({ minNewRows: 80, maxAgeDays: 56 }, none).spec.retrain).toMatchObject({
      minNewRows: 80,
      maxAgeDays: 56,
    });
    expect(tried({ minNewRows: null }, none).changes).toEqual([]);
  });
});
