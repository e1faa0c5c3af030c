import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { EncodedRows } from "./encoding.ts";
import { tf } from "./tensorflow.ts";

/** The inputs of a network for some of the rows; the caller disposes of them. */
export function inputTensors({ numbers, width, codes }: EncodedRows, rows: Uint32Array): Tensor[] {
  const picked = new Float32Array(rows.length * width);
  for (const [place, row] of rows.entries())
    picked.set(numbers.subarray(row * width, (row + 1) * width), place * width);
  return [
    tf.tensor2d(picked, [rows.length, width]),
    ...codes.map((each) =>
      tf.tensor2d(
        Int32Array.from(rows, (row) => each[row]!),
        [rows.length, 1],
        "int32",
      ),
    ),
  ];
}

export function applyNetwork(network: LayersModel, inputs: Tensor[], training: boolean): Tensor2D {
  const given = inputs.length === 1 ? inputs[0]! : inputs;
  return network.apply(given, { training }) as Tensor2D;
}

/** Rows that are answered at once. */
const batch = 4096;

/** [rows × outputs]: what the network gives, before a link. */
export function networkOutputs(network: LayersModel, encoded: EncodedRows, outputs: number): Float32Array {
  const all = new Float32Array(encoded.rows * outputs);
  for (let start = 0; start < encoded.rows; start += batch) {
    const count = Math.min(batch, encoded.rows - start);
    const rows = Uint32Array.from({ length: count }, (_, i) => start + i);
    const answers = tf.tidy(() => applyNetwork(network, inputTensors(encoded, rows), false).dataSync<"float32">());
    all.set(answers, start * outputs);
  }
  return all;
}
