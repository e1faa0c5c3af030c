import type { LearnerDescriptor } from "./learner-settings.ts";

/** Made-up learners: two like those of `@refit/tabular`, and one with every other kind of setting. */
export const learners: readonly LearnerDescriptor[] = [
  {
    name: "gbdt",
    algorithmVersion: 1,
    description: "Trees.",
    settings: {
      trees: { type: "integer", minimum: 1, maximum: 10_000, default: 200, description: "Most trees." },
      learningRate: { type: "number", exclusiveMinimum: 0, maximum: 1, default: 0.1, description: "Shrinkage." },
    },
  },
  {
    name: "linear",
    algorithmVersion: 1,
    description: "A line.",
    settings: {
      l2: { type: "number", minimum: 0, default: 1, description: "Penalty." },
      maxIterations: { type: "integer", minimum: 1, default: 200, description: "Most iterations." },
    },
  },
  {
    name: "net",
    algorithmVersion: 1,
    description: "A network.",
    settings: {
      backend: { type: "choice", choices: ["wasm", "cpu"], default: "wasm", description: "Where it computes." },
      hidden: { type: "list", items: "integer", default: [32, 16], description: "Units of each layer." },
      code: { type: "list", items: "text", minItems: 1, description: "Files of the program." },
    },
  },
];
