import type { LearnerDescriptor, SettingsOf } from "@refit/core/runtime";

export const linearDescriptor = {
  name: "linear",
  algorithmVersion: 1,
  description: "Linear, logistic or softmax regression, by the task.",
  settings: {
    l2: {
      type: "number",
      minimum: 0,
      default: 1,
      description: "L2 penalty on standardised coefficients, per training set.",
    },
    maxIterations: {
      type: "integer",
      minimum: 1,
      maximum: 10_000,
      default: 200,
      description: "Maximum number of iterations of the optimiser.",
    },
  },
} as const satisfies LearnerDescriptor;

export type LinearSettings = SettingsOf<typeof linearDescriptor>;
