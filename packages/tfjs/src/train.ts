import type { Optimizer, Variable } from "@tensorflow/tfjs-core";
import { LearnerDivergedError } from "@refit/core/errors";
import type { TfjsSettings } from "@refit/core/runtime";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { EncodedRows } from "./encoding.ts";
import { batchLoss, meanLoss, type Link } from "./loss.ts";
import { shuffle, uniform } from "./random.ts";
import { applyNetwork, inputTensors, networkOutputs } from "./tensors.ts";
import { tf } from "./tensorflow.ts";

/** Rows as a network learns from them. */
export interface LearningRows {
  readonly encoded: EncodedRows;
  /** [rows]: class index, or the standardised value. */
  readonly target: Float32Array;
  /** [rows]: 1 on average. */
  readonly weights: Float32Array;
}

export interface TrainingRequest {
  readonly network: LayersModel;
  readonly link: Link;
  readonly train: LearningRows;
  readonly validation: LearningRows;
  readonly settings: TfjsSettings;
  readonly seed: number;
  readonly onProgress?: ((done: number) => void) | undefined;
}

/**
 * Changes the network's weights: Adam with decoupled weight decay (Loshchilov & Hutter 2019) over batches in a seeded order. After each
 * epoch the validation loss is measured; the weights of the best epoch stay.
 *
 * @returns how many epochs it has learned: the best one, or all where nothing stops it early.
 * @throws LearnerDivergedError
 */
export async function trainNetwork(request: TrainingRequest): Promise<number> {
  const { network, validation, link, settings, seed, onProgress } = request;
  const { epochs, earlyStoppingEpochs, learningRate } = settings;
  const optimizer = tf.train.adam(learningRate);
  const order = new Uint32Array(request.train.encoded.rows);
  const next = uniform(seed);
  let best = { epoch: 0, loss: Infinity, weights: [] as readonly Float32Array[] };
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      shuffle(order, next);
      learnEpoch(request, optimizer, order);
      const isStopping = earlyStoppingEpochs > 0;
      const given = isStopping ? networkOutputs(network, validation.encoded, link.outputs) : null;
      const loss = given && meanLoss(link, given, validation.target, validation.weights);
      if ((loss !== null && !Number.isFinite(loss)) || !areFinite(network)) {
        throw new LearnerDivergedError("tfjs", `a weight or the validation loss after epoch ${epoch}`);
      }
      if (loss !== null && loss < best.loss) best = { epoch, loss, weights: weightsOf(network) };
      onProgress?.(epoch / epochs);
      if (loss !== null && epoch - best.epoch >= earlyStoppingEpochs) break;
      await new Promise((done) => setImmediate(done));
    }
  } finally {
    optimizer.dispose();
    forgetStep();
  }
  if (best.epoch === 0) return epochs;
  setWeights(network, best.weights);
  return best.epoch;
}

function learnEpoch(
  { network, link, train: rows, settings }: TrainingRequest,
  optimizer: Optimizer,
  order: Uint32Array,
): void {
  const { batchSize, weightDecay, learningRate } = settings;
  const variables = network.trainableWeights.map((weight) => weight.read() as Variable);
  const decayed = variables.filter(({ rank }) => rank >= 2);
  for (let start = 0; start < order.length; start += batchSize) {
    const batch = order.subarray(start, start + batchSize);
    const [target, weights] = [rows.target, rows.weights].map((all) => Float32Array.from(batch, (row) => all[row]!));
    tf.tidy(() => {
      const inputs = inputTensors(rows.encoded, batch);
      optimizer.minimize(
        () => batchLoss(link, applyNetwork(network, inputs, true), target!, weights!),
        false,
        variables,
      );
      if (weightDecay === 0) return;
      for (const each of decayed) each.assign(tf.mul(each, 1 - learningRate * weightDecay));
    });
  }
}

/** What a step that failed on its way keeps for a gradient that nobody computes any more. After one that did not fail there is nothing. */
function forgetStep(): void {
  const { state } = tf.engine();
  for (const { saved } of state.activeTape ?? []) for (const tensor of saved ?? []) tensor.dispose();
  state.activeTape = null!;
}

function weightsOf(network: LayersModel): readonly Float32Array[] {
  return network.weights.map((weight) => weight.read().dataSync<"float32">().slice());
}

function areFinite(network: LayersModel): boolean {
  return weightsOf(network).every((values) => values.every((value) => Number.isFinite(value)));
}

function setWeights(network: LayersModel, all: readonly Float32Array[]): void {
  tf.tidy(() => network.setWeights(network.weights.map(({ shape }, i) => tf.tensor(all[i]!, shape as number[]))));
}
