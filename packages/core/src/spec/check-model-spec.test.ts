import { describe, expect, it } from "vitest";

import { learners } from "../learners/learners.fixture.ts";
import { checkModelSpec } from "./check-model-spec.ts";

const valid = {
  task: "binary",
  data: "churn",
  target: "churned",
  candidates: [{ learner: "gbdt" }],
  metrics: { primary: "rocAuc", also: ["logLoss"] },
  gates: [{ metric: "rocAuc", min: 0.7 }],
};

function messagesOf(document: unknown): string[] {
  const checked = checkModelSpec(document, learners);
  return checked.ok ? [] : checked.problems.map((problem) => problem.message);
}

describe("checkModelSpec: keys and types", () => {
  it("fills in the defaults of a valid spec", () => {
    const checked = checkModelSpec(valid, learners);

    expect(checked).toMatchObject({
      ok: true,
      value: {
        seed: 7,
        merge: "review",
        retrain: { cooldownHours: 24 },
        candidates: [{ learner: "gbdt", trees: 200 }],
      },
    });
  });

  it.each<[why: string, change: object, messages: string[]]>([
    [
      "unknown key",
      { owner: "me", nests: 1 },
      [
        expect.stringMatching(/^owner: unknown key; known keys: task, data, /),
        expect.stringMatching(/^nests: unknown key; known keys: /),
      ],
    ],
    ["near unknown key", { sed: 7 }, ['sed: unknown key; did you mean "seed"?']],
    [
      "near unknown key below",
      { retrain: { cooldownHour: 3 } },
      ['retrain.cooldownHour: unknown key; did you mean "cooldownHours"?'],
    ],
    [
      "near unknown key in a candidate",
      { candidates: [{ learner: "linear" }, { learner: "gbdt", tres: 3 }] },
      ['candidates[1].tres: unknown key; did you mean "trees"?'],
    ],
    [
      "keys of another learner",
      { candidates: [{ learner: "linear", trees: 3 }] },
      ["candidates[0].trees: unknown key; known keys: learner, l2, maxIterations, training, calibration"],
    ],
    [
      "mistyped learner",
      { candidates: [{ learner: "gdbt", trees: 3 }] },
      ['candidates[0].learner: expected "gbdt", "linear" or "net", found the text "gdbt"; did you mean "gbdt"?'],
    ],
    [
      "no learner",
      { candidates: [{ trees: 3 }] },
      ['candidates[0].learner: missing; expected "gbdt", "linear" or "net"'],
    ],
    ["candidate as text", { candidates: ["gbdt"] }, ['candidates[0]: expected a map, found the text "gbdt"']],
    [
      "mistyped word",
      { merge: "Autoo" },
      ['merge: expected "review" or "auto", found the text "Autoo"; did you mean "auto"?'],
    ],
    [
      "nobody merges what people must approve",
      { merge: "auto", approvals: { promotion: 2 } },
      ["merge: `auto` cannot be combined with `approvals`: people merge what people must approve"],
    ],
    [
      "more approvals than people",
      { approvals: { promotion: 1, canarySteps: 2, from: ["ada"] } },
      ["approvals.from: 1 cannot give 2 approvals; name more people, or a team"],
    ],
    [
      "below the range",
      { candidates: [{ learner: "gbdt", trees: 0 }] },
      ["candidates[0].trees: expected a whole number from 1 to 10000, found 0"],
    ],
    ["not whole", { retrain: { minNewRows: 1.5 } }, ["retrain.minNewRows: expected a whole number above 0, found 1.5"]],
    ["not finite", { margin: Number.POSITIVE_INFINITY }, ["margin: expected a number above 0, found Infinity"]],
    ["no in YAML 1.2", { retrain: { drift: "no" } }, ['retrain.drift: expected true or false, found the text "no"']],
    ["nothing", { retrain: null }, ["retrain: expected a map, found nothing"]],
    ["empty list", { gates: [] }, ["gates: expected a list of at least one map, found an empty list"]],
    ["empty text", { target: "" }, ["target: expected a column name, found empty text"]],
    ["wrong entry of a union", { key: ["a", 1] }, ["key[1]: expected a column name, found 1"]],
    [
      "neither branch of a union",
      { key: 1 },
      ["key: expected a column name or list of at least one column name, found 1"],
    ],
    [
      "bad name",
      { data: "Churn EU" },
      [
        'data: expected a name of lower-case letters, digits and single hyphens, such as `churn-eu`, found the text "Churn EU"',
      ],
    ],
    [
      "two bars in a gate",
      { gates: [{ metric: "rocAuc", min: 0, max: 1 }] },
      ["gates[0]: a gate has exactly one of min, max, maxRegression, minImprovement"],
    ],
    [
      "performance on newer rows without a time",
      { retrain: { performanceMargin: 0.05 } },
      ["retrain.performanceMargin: compares newer rows with older ones; name the date column in time"],
    ],
    [
      "days and fraction",
      { time: "t", holdout: { days: 3, fraction: 0.2 } },
      ["holdout: use either days or fraction, not both"],
    ],
    [
      "inherited names are unknown",
      { metrics: { primary: "rocAuc", constructor: 1 } },
      ["metrics.constructor: unknown key; known keys: primary, also, own, threshold, quantile"],
    ],
  ])("%s", (_why, change, messages) => {
    expect(messagesOf({ ...valid, ...change })).toEqual(messages);
  });

  it("tells a mistyped required key once", () => {
    const { target, ...rest } = valid;

    expect(messagesOf({ ...rest, tarqet: target })).toEqual(['tarqet: unknown key; did you mean "target"?']);
  });

  it.each([
    ["a list", [], "expected a map, found an empty list"],
    ["text", "x", 'expected a map, found the text "x"'],
    ["nothing", null, "expected a map, found nothing"],
  ])("the document is %s", (_why, document, message) => {
    expect(messagesOf(document)).toEqual([message]);
  });

  it("tells keys, types and combinations at once", () => {
    const document = { ...valid, seed: "x", retrain: { cooldownHour: 1 }, holdout: { days: 30, minRow: 3 } };

    expect(messagesOf(document)).toEqual([
      'holdout.minRow: unknown key; did you mean "minRows"?',
      'retrain.cooldownHour: unknown key; did you mean "cooldownHours"?',
      'seed: expected a whole number from 0 to 4294967295, found the text "x"',
      "holdout.days: counts days back from the newest row; name the date column in time, or use holdout.fraction",
    ]);
  });

  it("says nothing about combinations with a key that is itself wrong", () => {
    expect(messagesOf({ ...valid, tiem: "day", holdout: { days: 30 } })).toEqual([
      'tiem: unknown key; did you mean "time"?',
    ]);
  });
});

describe("checkModelSpec: combinations", () => {
  it.each<[why: string, change: object, messages: string[]]>([
    [
      "a significant gate on what is not tested",
      {
        slices: ["plan"],
        gates: [
          { metric: "logLoss", maxRegression: 0.1, slice: "plan", significant: true },
          { metric: "rocAuc", maxRegression: 0.1, significant: true },
          { metric: "rocAuc", maxRegression: 0.1, slice: "plan", significant: true },
          { metric: "logLoss", maxRegression: 0.1, slice: "plan", significant: false },
        ],
      },
      [
        "gates[0].significant: needs slice, maxRegression and the primary metric; no other gate is tested for significance",
        "gates[1].significant: needs slice, maxRegression and the primary metric; no other gate is tested for significance",
      ],
    ],
    [
      "fairness of a task without a positive answer",
      {
        task: "regression",
        metrics: { primary: "mae" },
        gates: [{ metric: "mae", max: 1 }],
        fairness: [{ group: "region" }],
      },
      ['fairness: compares rates of a positive answer, and task is "regression"'],
    ],
    [
      "a fairness group twice",
      { fairness: [{ group: "region" }, { group: "region" }] },
      [expect.stringMatching(/^fairness\[1\]\.group: /)],
    ],
    ["the target as group", { group: "churned" }, ["group: is also the target; use another column as the group"]],
    ["the time as group", { time: "day", group: "day" }, ["group: is also the time; use another column as the group"]],
    [
      "metric of another task",
      { metrics: { primary: "rmse", also: ["rocAuc", "mae"] } },
      [
        expect.stringMatching(
          /^metrics.primary: "rmse" does not apply to a binary task; its metrics are rocAuc, prAuc, /,
        ),
        expect.stringMatching(/^metrics.also\[1\]: "mae" does not apply to a binary task/),
      ],
    ],
    [
      "gate on a metric of another task",
      { gates: [{ metric: "rmse", max: 1 }] },
      [expect.stringMatching(/^gates\[0\].metric: "rmse" does not apply to a binary task/)],
    ],
    [
      "gate on a metric that is not measured",
      { gates: [{ metric: "f1", min: 0 }] },
      ['gates[0].metric: "f1" is not measured; add it to metrics.also'],
    ],
    ["gate on a further metric", { gates: [{ metric: "logLoss", max: 1 }] }, []],
    [
      "undeclared slice",
      { slices: ["region"], gates: [{ metric: "rocAuc", min: 0, slice: "regoin" }] },
      ['gates[0].slice: "regoin" is not in slices; did you mean "region"?'],
    ],
    [
      "every slice of none",
      { gates: [{ metric: "rocAuc", min: 0, slice: "*" }] },
      ['gates[0].slice: "*" means every declared slice, and slices declares none'],
    ],
    [
      "a pair of columns, and a gate on it",
      { slices: ["plan", ["plan", "region"]], gates: [{ metric: "rocAuc", min: 0, slice: ["plan", "region"] }] },
      [],
    ],
    [
      "a pair that slices does not hold",
      { slices: ["plan", "region"], gates: [{ metric: "rocAuc", min: 0, slice: ["plan", "region"] }] },
      ['gates[0].slice: "plan × region" is not in slices'],
    ],
    [
      "the same pair the other way round, and a column with itself",
      { slices: [["a", "b"], ["b", "a"], ["c", "c"]] }, // prettier-ignore
      ['slices[1]: "a × b" is named twice', 'slices[2]: pairs "c" with itself'],
    ],
    [
      "blocks of time without a time",
      { holdout: { blockDays: 7 } },
      ["holdout.blockDays: divides time into blocks; name the date column in time"],
    ],
    [
      "blocks of time and groups",
      { time: "day", group: "customer", holdout: { blockDays: 7 } },
      ["holdout.blockDays: and group both decide which rows are drawn together in tests; use one of the two"],
    ],
    [
      "a weight that is the target",
      { weight: "churned" },
      ["weight: is also the target; use another column as the weight"],
    ],
    [
      "settings of metrics that nobody asks for",
      { metrics: { primary: "rocAuc", also: ["logLoss"], threshold: 0.3, quantile: 0.9 } },
      ["metrics.quantile: is for pinball, which is not measured"],
    ],
    [
      "a threshold for values",
      {
        task: "regression",
        metrics: { primary: "pinball", threshold: 0.3, quantile: 0.9 },
        gates: [{ metric: "pinball", max: 1 }],
      },
      ['metrics.threshold: is for probabilities of a binary task, and task is "regression"'],
    ],
    [
      "three columns",
      { slices: [["a", "b", "c"]] },
      ["slices[0]: expected a column name or pair of column names, found a list"],
    ],
    [
      "a critical gate on what is not tested, and one that chance may excuse",
      {
        slices: ["plan"],
        gates: [
          { metric: "rocAuc", min: 0.1, slice: "plan", critical: true },
          { metric: "rocAuc", maxRegression: 0.1, slice: "plan", critical: true, significant: true },
          { metric: "rocAuc", maxRegression: 0.1, slice: "plan", critical: true },
        ],
      },
      [
        "gates[0].critical: needs slice, maxRegression and the primary metric; no other gate is tested for significance",
        "gates[1].significant: lets drops pass that are not significant, and critical does not; use one of the two",
      ],
    ],
    ["every slice", { slices: ["region"], gates: [{ metric: "rocAuc", min: 0, slice: "*" }] }, []],
    [
      "contradicting gates",
      {
        gates: [
          { metric: "rocAuc", min: 0.9 },
          { metric: "rocAuc", max: 0.8 },
        ],
      },
      ["gates[1]: contradicts gates[0]: no value is at least 0.9 and at most 0.8"],
    ],
    [
      "a band of gates",
      {
        gates: [
          { metric: "rocAuc", max: 0.9 },
          { metric: "rocAuc", min: 0.8 },
        ],
      },
      [],
    ],
    [
      "days without time",
      { holdout: { days: 30 } },
      ["holdout.days: counts days back from the newest row; name the date column in time, or use holdout.fraction"],
    ],
    ["days with time", { time: "day", holdout: { days: 30 } }, []],
    [
      "validation days without time",
      { validation: { days: 30 } },
      ["validation.days: counts days back from the holdout; name the date column in time, or use validation.fraction"],
    ],
    [
      "what can only ship with time",
      { ship: "all" },
      [
        "ship: without time there would be no rows left that the champion has not seen; name the date column in time, or use ship: judged",
      ],
    ],
    ["what ships with time", { time: "day", ship: "all" }, []],
    [
      "windows without time",
      { training: { days: 60 }, candidates: [{ learner: "gbdt" }, { learner: "gbdt", training: { rows: 9 } }] },
      [
        "training: counts back from the newest row; name the date column in time",
        "candidates[1].training: counts back from the newest row; name the date column in time",
      ],
    ],
    ["windows with time", { time: "day", candidates: [{ learner: "gbdt", training: { halfLifeDays: 9 } }] }, []],
    [
      "positive with classes",
      { task: "multiclass", positive: "a", metrics: { primary: "logLoss" }, gates: [{ metric: "logLoss", max: 1 }] },
      ['positive: only a binary task has a positive value, and task is "multiclass"'],
    ],
    ["time is the target", { time: "churned" }, ["time: is the target; time must be another column"]],
    [
      "key holds the target",
      { key: ["id", "churned"] },
      ["key: contains the target, which cannot identify a row; name other columns"],
    ],
    [
      "target as feature",
      { features: { include: ["a", "churned"] } },
      ['features.include[1]: "churned" is the target, which cannot be a feature'],
    ],
    [
      "in and out",
      { features: { include: ["a", "b"], exclude: ["b"] } },
      ['features.exclude[0]: "b" is also in features.include'],
    ],
    [
      "no feature left",
      { features: { include: [] } },
      ["features.include: lists no column; remove it to use all columns"],
    ],
    [
      "category that is excluded",
      { features: { exclude: ["a"], categorical: ["a"] } },
      ['features.categorical[0]: "a" is not a feature: it is in features.exclude'],
    ],
    [
      "category that is not included",
      { features: { include: ["region"], categorical: ["regoin"] } },
      ['features.categorical[0]: "regoin" is not a feature: it is not in features.include; did you mean "region"?'],
    ],
    ["slice twice", { slices: ["a", "b", "a"] }, ['slices[2]: "a" is named twice']],
  ])("%s", (_why, change, messages) => {
    expect(messagesOf({ ...valid, ...change })).toEqual(messages);
  });
});
