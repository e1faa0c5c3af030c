import type { Scalar, Tensor2D } from "@tensorflow/tfjs-core";
import type { FitRequest } from "@refit/core/runtime";
import { tf } from "./tensorflow.ts";

export type NetworkTask = FitRequest<unknown>["task"];

/** How outputs become answers. */
export interface Link {
  readonly task: NetworkTask;
  /** Numbers per row. */
  readonly outputs: number;
  /** Regression: outputs times `scale` plus `mean` are answers; else 0 and 1. */
  readonly mean: number;
  readonly scale: number;
}

/** Mean loss of a batch, each row counting by its weight; the log loss, or the squared error of the standardised target. */
export function batchLoss(
  { task, outputs }: Link,
  given: Tensor2D,
  target: Float32Array,
  weights: Float32Array,
): Scalar {
  const each = tf.tensor1d(weights);
  if (task === "multiclass") {
    const labels = tf.oneHot(tf.tensor1d(Int32Array.from(target), "int32"), outputs);
    return tf.mean(tf.mul(tf.neg(tf.sum(tf.mul(labels, tf.logSoftmax(given)), -1)), each));
  }
  const z = tf.reshape(given, [-1]);
  const y = tf.tensor1d(target);
  if (task === "regression") return tf.mean(tf.mul(tf.squaredDifference(z, y), each));
  // log(1 + exp(z)) − y z, without overflow.
  const softplus = tf.add(tf.relu(z), tf.log1p(tf.exp(tf.neg(tf.abs(z)))));
  return tf.mean(tf.mul(tf.sub(softplus, tf.mul(y, z)), each));
}

/** The same for all rows, weighted, in double precision. */
export function meanLoss(link: Link, given: Float32Array, target: Float32Array, weights: Float32Array): number {
  let [loss, total] = [0, 0];
  for (let row = 0; row < target.length; row++) {
    loss += weights[row]! * rowLoss(link, given, row, target[row]!);
    total += weights[row]!;
  }
  return loss / total;
}

function rowLoss({ task, outputs }: Link, given: Float32Array, row: number, target: number): number {
  const z = given[row * outputs]!;
  if (task === "regression") return (z - target) * (z - target);
  if (task === "binary") return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - target * z;
  const own = given.subarray(row * outputs, (row + 1) * outputs);
  const most = own.reduce((a, b) => Math.max(a, b), -Infinity);
  return most + Math.log(own.reduce((sum, each) => sum + Math.exp(each - most), 0)) - own[target]!;
}

/** Answers in the layout of a predictor, in double precision. */
export function linked({ task, outputs, mean, scale }: Link, given: Float32Array): Float64Array {
  if (task === "regression") return Float64Array.from(given, (z) => mean + scale * z);
  if (task === "binary")
    return Float64Array.from(given, (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))));
  const answers = new Float64Array(given.length);
  for (let start = 0; start < given.length; start += outputs) {
    let most = -Infinity;
    for (let i = start; i < start + outputs; i++) most = Math.max(most, given[i]!);
    let sum = 0;
    for (let i = start; i < start + outputs; i++) sum += answers[i] = Math.exp(given[i]! - most);
    for (let i = start; i < start + outputs; i++) answers[i] = answers[i]! / sum;
  }
  return answers;
}
