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
  },
} as const satisfies LearnerDescriptor;

export type GbdtSettings = SettingsOf<typeof gbdtDescriptor>;
