import { describe, expect, it } from "vitest";
import { learners } from "../learners/learners.fixture.ts";
import { checkModelSpec } from "./check-model-spec.ts";

const valid = {
  task: "binary",
  data: "churn",
  target: "churned",
  candidates: [{ learner: "gbdt" }],
  metrics: { primary: "rocAuc" },
  gates: [{ metric: "rocAuc", min: 0.7 }],
};

describe("canary in model.yaml", () => {
  it("has defaults, and is left out where it is not asked for", () => {
    const canary = {
      steps: [5, 25, 50],
      minLabels: 200,
      maxDays: 28,
      margin: 0.01,
      outcome: "independent",
      merge: "review",
    };

    expect(checkModelSpec({ ...valid, canary: {} }, learners)).toMatchObject({ ok: true, value: { canary } });
    expect(checkModelSpec(valid, learners)).not.toHaveProperty("value.canary");
  });

  it.each<[why: string, change: object, message: RegExp]>([
    [
      "a step that is not larger",
      { canary: { steps: [5, 25, 25] } },
      /^canary\.steps\[2\]: must be larger than the step before it \(25\), and is 25$/,
    ],
    [
      "the promotion as a step",
      { canary: { steps: [5, 100] } },
      /^canary\.steps\[1\]: expected a number from 0 to 99, found 100$/,
    ],
    ["no step", { canary: { steps: [] } }, /^canary\.steps: expected a list of at least one/],
    ["a mistyped key", { canary: { minLabel: 3 } }, /^canary\.minLabel: unknown key; did you mean "minLabels"\?$/],
    [
      "a group",
      { canary: {}, proposalGroup: "scores" },
      /^canary: cannot be combined with proposalGroup: models of a group go live in one commit/,
    ],
  ])("refuses %s", (_why, change, message) => {
    const checked = checkModelSpec({ ...valid, ...change }, learners);

    expect(checked.ok ? [] : checked.problems.map((each) => each.message)).toEqual([expect.stringMatching(message)]);
  });
});
