import type { LearnerDescriptor, SettingsOf } from "./learner-settings.ts";

/** Of the package `@refit/tfjs`, which people install: known here, so that a run without it can say so. */
export const tfjsDescriptor = {
  name: "tfjs",
  algorithmVersion: 1,
  description:
    "A neural network on TensorFlow.js: dense layers, with a learned embedding for each categorical feature, or your own network. Needs the package `@refit/tfjs`: see [how](../tfjs-learner.md).",
  settings: {
    hidden: {
      type: "list",
      items: "integer",
      default: [64, 32],
      description: "Units of each hidden layer, from the first to the last.",
    },
    embeddingSize: {
      type: "integer",
      minimum: 1,
      maximum: 64,
      default: 8,
      description:
        "Maximum size of an embedding; a column gets at most half as many numbers per category as it has categories.",
    },
    learningRate: {
      type: "number",
      exclusiveMinimum: 0,
      maximum: 1,
      default: 0.003,
      description: "Step size of the optimiser, which is Adam.",
    },
    weightDecay: {
      type: "number",
      minimum: 0,
      maximum: 10,
      default: 0.1,
      description: "Weight decay: how strongly weights are pulled to 0 at each step, times the learning rate.",
    },
    batchSize: {
      type: "integer",
      minimum: 1,
      maximum: 65_536,
      default: 256,
      description: "Rows per step.",
    },
    epochs: {
      type: "integer",
      minimum: 1,
      maximum: 10_000,
      default: 60,
      description: "Maximum number of passes over the training rows; early stopping keeps fewer.",
    },
    earlyStoppingEpochs: {
      type: "integer",
      minimum: 0,
      default: 6,
      description: "Stop after this many passes without improvement on the validation rows; 0 never stops early.",
    },
    start: {
      type: "choice",
      choices: ["cold", "warm"],
      optional: true,
      description:
        "Whether training goes on from the weights of the live version (`warm`). It does where that is a network of the same layers and inputs that has not seen the rows that judge it; else it starts from scratch, and the report says why: see [when it helps](../tfjs-learner.md#going-on-from-the-live-model). Default: `cold`.",
    },
    backend: {
      type: "choice",
      choices: ["wasm", "cpu", "node"],
      default: "wasm",
      description:
        "Where it computes. `wasm` and `cpu` give the same bytes on every machine; `node` needs `@tensorflow/tfjs-node`, and whether it gives the same model again is found out by training twice on a sample.",
    },
    code: {
      type: "list",
      items: "text",
      default: [],
      description:
        "Your own network: files, relative to the root of the repository, of which the first exports `build`. They are copied into the version.",
    },
  },
} as const satisfies LearnerDescriptor;

export type TfjsSettings = SettingsOf<typeof tfjsDescriptor>;

/** The settings with the number of passes that a trained model says, which nothing then stops early. @param model text of its `model.json`. */
export function settledNetwork(settings: TfjsSettings, model: string): TfjsSettings {
  const { epochs } = JSON.parse(model) as { readonly epochs: number };
  return { ...settings, epochs, earlyStoppingEpochs: 0 };
}
