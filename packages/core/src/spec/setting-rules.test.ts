import { describe, expect, it } from "vitest";
import type { LearnerDescriptor } from "../learners/learner-settings.ts";
import { checkModelSpec } from "./check-model-spec.ts";

const about = { description: "A setting." };
const learners: readonly LearnerDescriptor[] = [
  {
    name: "gbdt",
    algorithmVersion: 1,
    description: "Trees.",
    settings: {
      objective: { ...about, type: "choice", choices: ["huber", "quantile"], optional: true, tasks: ["regression"] },
      delta: { ...about, type: "number", exclusiveMinimum: 0, when: { objective: "huber" } },
      quantile: { ...about, type: "number", minimum: 0.001, maximum: 0.999, when: { objective: "quantile" } },
      monotone: { ...about, type: "record", choices: ["increasing"], optional: true, tasks: ["binary", "regression"] },
      interactions: { ...about, type: "groups", optional: true },
    },
  },
];

function problemsOf(candidate: object, change: object = {}): string[] {
  const spec = {
    task: "regression",
    data: "d",
    target: "y",
    candidates: [{ learner: "gbdt", ...candidate }],
    metrics: { primary: "mae" },
    gates: [{ metric: "mae", max: 1 }],
    ...change,
  };
  const checked = checkModelSpec(spec, learners);
  return checked.ok ? [] : checked.problems.map(({ message }) => message);
}

const classes = {
  metrics: { primary: "logLoss" },
  gates: [{ metric: "logLoss", max: 1 }],
};
const pinball = (quantile?: number) => ({
  metrics: { primary: "pinball", quantile },
  gates: [{ metric: "pinball", max: 1 }],
});

describe("settings of a candidate", () => {
  it.each<[what: string, candidate: object, change?: object]>([
    ["none", {}],
    ["an objective with what it needs", { objective: "huber", delta: 2 }],
    ["a quantile that pinball is measured for", { objective: "quantile", quantile: 0.9 }, pinball(0.9)],
    ["a median", { objective: "quantile", quantile: 0.5 }, pinball()],
    ["a quantile that another metric judges", { objective: "quantile", quantile: 0.9 }],
    ["orders and groups", { monotone: { a: "increasing" }, interactions: [["a", "b"], ["b"]] }],
    ["an order, of two classes", { monotone: { a: "increasing" } }, { ...classes, task: "binary" }],
  ])("that fit: %s", (_what, candidate, change) => {
    expect(problemsOf(candidate, change)).toEqual([]);
  });

  it.each<[what: string, candidate: object, change: object, problems: string[]]>([
    [
      "an objective of numbers for classes",
      { objective: "huber", delta: 2 },
      { ...classes, task: "binary" },
      ['candidates[0].objective: is for regression tasks, and task is "binary"; remove it'],
    ],
    [
      "an order of several classes",
      { monotone: { a: "increasing" } },
      { ...classes, task: "multiclass" },
      ['candidates[0].monotone: is for binary and regression tasks, and task is "multiclass"; remove it'],
    ],
    [
      "an objective without what it needs",
      { objective: "quantile" },
      {},
      ["candidates[0].quantile: is missing: `objective: quantile` needs it"],
    ],
    [
      "what belongs to another objective",
      { objective: "huber", delta: 2, quantile: 0.9 },
      {},
      [
        'candidates[0].quantile: belongs to `objective: quantile`, and objective is "huber"; remove one or correct the other',
      ],
    ],
    [
      "what belongs to an objective that is not there",
      { delta: 2 },
      {},
      ["candidates[0].delta: belongs to `objective: huber`, and there is none; remove one or correct the other"],
    ],
    [
      "a quantile that is measured as another",
      { objective: "quantile", quantile: 0.9 },
      pinball(),
      [
        "candidates[0].quantile: 0.9 is what is predicted, and pinball is measured for 0.5; write the same number here and in metrics.quantile",
      ],
    ],
    [
      "a column twice in a group",
      { interactions: [["a"], ["b", "c", "b"]] },
      {},
      ['candidates[0].interactions[1][2]: "b" is named twice'],
    ],
  ])("that do not fit: %s", (_what, candidate, change, problems) => {
    expect(problemsOf(candidate, change)).toEqual(problems);
  });

  it.each<[what: string, candidate: object, words: string]>([
    [
      "no map",
      { monotone: ["a"] },
      "candidates[0].monotone: expected a map from column names to `increasing`, found a list",
    ],
    [
      "another direction",
      { monotone: { a: "up" } },
      'candidates[0].monotone.a: expected "increasing", found the text "up"',
    ],
    [
      "a flat list",
      { interactions: ["a"] },
      'candidates[0].interactions[0]: expected a list of column names, found the text "a"',
    ],
    [
      "no group",
      { interactions: [] },
      "candidates[0].interactions: expected a list of at least one list of column names, found an empty list",
    ],
  ])("of the wrong shape: %s", (_what, candidate, words) => {
    expect(problemsOf(candidate)).toEqual([words]);
  });
});
