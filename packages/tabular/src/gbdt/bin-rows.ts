import type { FeatureColumn } from "@refit/core/runtime";
import type { ColumnShape } from "./bin-features.ts";
import type { OpenKernels } from "./kernels/load.ts";

/** Kernels, and how many numbers there is room for at `ordered` and `groups`, where they are binned. */
export interface BinRoom extends Pick<OpenKernels, "kernels" | "memory"> {
  readonly block: number;
}

/**
 * Write the bins of a column's rows. O(rows log bins).
 *
 * @param byte address of the bin of row 0; row r's is 4 r further on, since four columns share a word per row.
 * @returns whether there is more than one bin in use.
 */
export function binRows(
  { kernels, memory, block: most }: BinRoom,
  column: FeatureColumn,
  shape: ColumnShape,
  byte: number,
): boolean {
  if (column.kind === "categorical" || shape.kind === "categorical") {
    return copyCodes((column as CategoricalColumn).codes, new Uint8Array(memory.buffer), byte);
  }
  const { values } = column;
  const place = kernels.ordered();
  new Float64Array(memory.buffer, kernels.groups()).set(shape.edges);
  const block = new Float32Array(memory.buffer, place, Math.min(most, values.length));
  let varies = false;
  for (let from = 0; from < values.length; from += block.length) {
    const count = Math.min(block.length, values.length - from);
    block.set(values.subarray(from, from + count));
    const differ = kernels.binNumbers(place, count, kernels.groups(), shape.edges.length, byte + 4 * from, byte);
    varies ||= differ === 1;
  }
  return varies;
}

type CategoricalColumn = Extract<FeatureColumn, { kind: "categorical" }>;

function copyCodes(codes: Uint8Array, bytes: Uint8Array, byte: number): boolean {
  let varies = false;
  for (let row = 0; row < codes.length; row++) {
    bytes[byte + 4 * row] = codes[row]!;
    varies ||= codes[row] !== codes[0];
  }
  return varies;
}
