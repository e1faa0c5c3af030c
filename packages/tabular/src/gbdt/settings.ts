import type { LearnerDescriptor, SettingsOf } from "@refit/core/runtime";

export const gbdtDescriptor = {
  name: "gbdt",
  algorithmVersion: 1,
  description: "Histogram gradient-boosted decision trees.",
  settings: {
    trees: {
      type: "integer",
      minimum: 1,
      maximum: 10_000,
      default: 200,
      description: "Maximum number of trees; early stopping keeps fewer.",
    },
    leaves: {
      type: "integer",
      minimum: 2,
      maximum: 1024,
      default: 31,
      description: "Maximum number of leaves per tree.",
    },
    learningRate: {
      type: "number",
      exclusiveMinimum: 0,
      maximum: 1,
      default: 0.1,
      description: "Shrinkage of each tree's contribution.",
    },
    minLeafRows: {
      type: "integer",
      minimum: 1,
      default: 20,
      description: "Minimum number of training rows in a leaf.",
    },
    minCategoryRows: {
      type: "integer",
      minimum: 1,
      default: 20,
      description: "Categories with fewer training rows at a node are pooled.",
    },
    l2: { type: "number", minimum: 0, default: 1, description: "L2 penalty on leaf values." },
    l1: {
      type: "number",
      minimum: 0,
      optional: true,
      description: "L1 penalty on leaf values: small ones become 0. Default: 0.",
    },
    rowFraction: {
      type: "number",
      minimum: 0,
      maximum: 1,
      default: 1,
      description: "Share of rows drawn for each tree.",
    },
    featureFraction: {
      type: "number",
      minimum: 0,
      maximum: 1,
      default: 1,
      description: "Share of features drawn for each tree.",
    },
    maxBins: {
      type: "integer",
      minimum: 2,
      maximum: 255,
      default: 255,
      description: "Maximum number of histogram bins per feature.",
    },
    earlyStoppingRounds: {
      type: "integer",
      minimum: 0,
      default: 20,
      description: "Stop after this many trees without improvement on the validation rows; 0 never stops early.",
    },
    objective: {
      type: "choice",
      choices: ["squared", "huber", "quantile", "poisson"],
      optional: true,
      tasks: ["regression"],
      description:
        "Regression: the loss that trees lower, and that stops them early. `squared` predicts the mean. `huber` counts errors beyond `delta` linearly, so that outliers have less influence. `quantile` predicts the value that a share `quantile` of the targets stays below. `poisson` predicts the mean of counts or amounts from 0 up, never below 0. Default: `squared`.",
    },
    delta: {
      type: "number",
      exclusiveMinimum: 0,
      when: { objective: "huber" },
      description: "With `objective: huber`: error from which the loss is linear, in the target's unit.",
    },
    quantile: {
      type: "number",
      minimum: 0.001,
      maximum: 0.999,
      when: { objective: "quantile" },
      description: "With `objective: quantile`: the quantile that is predicted, such as 0.9.",
    },
    monotone: {
      type: "record",
      choices: ["increasing", "decreasing"],
      optional: true,
      tasks: ["binary", "regression"],
      description:
        "By numeric column, the direction in which the prediction may move as the column rises: it never falls (`increasing`) or never rises (`decreasing`), all other columns being equal. Missing values are not compared.",
    },
    interactions: {
      type: "groups",
      optional: true,
      description:
        "Groups of columns that may interact: on the path to a leaf, a tree splits only on columns of one group. Columns in no group form one more; a date stands for its calendar parts. Default: all columns may.",
    },
  },
} as const satisfies LearnerDescriptor;

export type GbdtSettings = SettingsOf<typeof gbdtDescriptor>;

export type ObjectiveSettings = Pick<GbdtSettings, "objective" | "delta" | "quantile">;
