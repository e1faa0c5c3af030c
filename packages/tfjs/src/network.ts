import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import type { TfjsSettings } from "@refit/core/runtime";
import { layers } from "./tensorflow.ts";

/** What a network is built for. */
export interface NetworkRequest {
  /** Numbers per row: its first input is [rows, numbers]. */
  readonly numbers: number;
  /** For each categorical column the number of codes, from 0 (missing) and 1 (other) on: further inputs [rows, 1], int32. */
  readonly categories: readonly number[];
  /** Numbers per row that it gives, without an activation: 1, or one for each class of several. */
  readonly outputs: number;
  readonly seed: number;
}

/**
 * Dense layers over standardised numbers and learned embeddings of categories. Every layer has a name of ours, since those that
 * TensorFlow.js counts up would differ from one training to the next.
 */
export function denseNetwork(
  { numbers, categories, outputs, seed }: NetworkRequest,
  { hidden, embeddingSize }: Pick<TfjsSettings, "hidden" | "embeddingSize">,
): LayersModel {
  let nextSeed = seed;
  const first = layers.input({ shape: [numbers], name: "numbers" });
  const coded = categories.map((_, i) => layers.input({ shape: [1], dtype: "int32", name: `category${i}` }));
  const embedded = coded.map((input, i) => {
    const size = Math.min(embeddingSize, Math.ceil(categories[i]! / 2));
    const embedding = layers.layers.embedding({
      inputDim: categories[i]!,
      outputDim: size,
      name: `embedding${i}`,
      embeddingsInitializer: layers.initializers.randomUniform({ minval: -0.05, maxval: 0.05, seed: nextSeed++ }),
    });
    const flat = layers.layers.reshape({ targetShape: [size], name: `flat${i}` });
    return flat.apply(embedding.apply(input)) as SymbolicTensor;
  });
  let last: SymbolicTensor = first;
  if (embedded.length > 0) {
    last = layers.layers.concatenate({ name: "together" }).apply([first, ...embedded]) as SymbolicTensor;
  }
  for (const [i, units] of hidden.entries()) {
    const kernelInitializer = layers.initializers.heUniform({ seed: nextSeed++ });
    const dense = layers.layers.dense({ units, activation: "relu", name: `hidden${i}`, kernelInitializer });
    last = dense.apply(last) as SymbolicTensor;
  }
  const kernelInitializer = layers.initializers.glorotUniform({ seed: nextSeed++ });
  const answer = layers.layers.dense({ units: outputs, name: "answer", kernelInitializer }).apply(last);
  return layers.model({ inputs: [first, ...coded], outputs: answer as SymbolicTensor, name: "network" });
}
