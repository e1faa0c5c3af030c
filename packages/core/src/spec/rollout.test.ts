import { describe, expect, it } from "vitest";
import { checkRollout, rolloutText, type Rollout } from "./rollout.ts";

const valid: Rollout = {
  percent: 5,
  steps: [5, 25, 50],
  minLabels: 200,
  maxDays: 28,
  margin: 0.01,
  outcome: "independent",
  loss: "brier",
};

describe("checkRollout", () => {
  it.each<[why: string, change: Partial<Rollout>]>([
    ["as it starts", {}],
    ["a later step", { percent: 50 }],
    ["a shadow", { percent: 0, steps: [0, 5] }],
    ["a share below one percent", { percent: 0.5, steps: [0.5, 5] }],
    ["of a regression", { loss: "absolute", scale: 12.5 }],
  ])("takes %s", (_why, change) => {
    expect(checkRollout({ ...valid, ...change })).toEqual({ ok: true, value: { ...valid, ...change } });
  });

  it.each<[why: string, change: object, problem: RegExp]>([
    ["a share that is no step", { percent: 10 }, /^percent: must be one of steps \(5, 25, 50\), and is 10$/],
    ["all requests", { percent: 100 }, /^percent: expected a number from 0 to 99, found 100$/],
    ["a text", { percent: "5" }, /^percent: expected a number from 0 to 99, found the text "5"$/],
    [
      "steps that fall",
      { steps: [5, 50, 25] },
      /^steps\[2\]: must be larger than the step before it \(50\), and is 25$/,
    ],
    ["no step", { steps: [] }, /^steps: expected a list of at least one/],
    ["an unknown key", { minLabel: 3 }, /^minLabel: unknown key; did you mean "minLabels"\?$/],
    ["an unknown loss", { loss: "briar" }, /^loss: expected .* did you mean "brier"\?$/],
    ["a regression without a scale", { loss: "absolute" }, /^scale: is missing: with loss: absolute/],
    ["a scale that nothing uses", { scale: 3 }, /^scale: is only for loss: absolute, and loss is brier/],
    ["a scale of zero", { loss: "absolute", scale: 0 }, /^scale: expected a number above 0, found 0$/],
  ])("refuses %s", (_why, change, problem) => {
    const checked = checkRollout({ ...valid, ...change });

    expect(checked.ok ? [] : checked.problems.map(({ message }) => message)).toEqual([expect.stringMatching(problem)]);
  });
});

describe("rolloutText", () => {
  it("has one key a line, so that a step changes one line", () => {
    const lines = (percent: number) => rolloutText({ ...valid, percent, loss: "absolute", scale: 12.5 }).split("\n");

    expect(lines(5)).toEqual([
      "percent: 5",
      "steps: [5, 25, 50]",
      "minLabels: 200",
      "maxDays: 28",
      "margin: 0.01",
      "outcome: independent",
      "loss: absolute",
      "scale: 12.5",
      "",
    ]);
    expect(lines(25).filter((line, i) => line !== lines(5)[i])).toEqual(["percent: 25"]);
  });
});
