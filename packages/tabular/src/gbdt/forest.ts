import { NO_THRESHOLD } from "./split-rule.ts";
import type { Tree } from "./tree.ts";

/**
 * All trees of a model in one stretch of bytes, as rows walk down them in WebAssembly (`kernels/predict`). A node is named by its
 * first byte. Those of a tree stand together: its splits, then its leaves, each of which leads to itself on both sides, so that rows
 * may walk in step although some arrive earlier.
 */
export interface Forest {
  readonly outputs: number;
  /** Trees of each output. */
  readonly rounds: number;
  readonly nodes: number;
  /** A split of a categorical column is among them. */
  readonly isMixed: boolean;
  /**
   * The nodes, `NODE_BYTES` each: limit, column, left child, right child, so that a step looks at one place of the memory. Of the column:
   * times 4, plus `MISSING_LEFT`, plus `CATEGORICAL`. A number goes left up to the limit; of a categorical column the whole number in its
   * place is the first byte of its `CODES` entries, 1 where a code goes left.
   * Then [nodes], 64-bit floats: what a leaf adds to the score. Then [outputs × rounds × 2]: a tree's root and its first leaf. Then the
   * codes.
   */
  readonly bytes: ArrayBuffer;
  readonly firstValue: number;
  readonly firstTree: number;
}

export const NODE_BYTES = 16;
export const MISSING_LEFT = 1;
export const CATEGORICAL = 2;
/** As many as a column of the matrix can hold. */
const CODES = 256;

/** @param rounds as in `Ensemble`. */
export function plant(rounds: readonly (readonly Tree[])[], outputs: number): Forest {
  const all = Array.from({ length: outputs }, (_, output) => rounds.map((round) => round[output]!)).flat();
  const categorical = all.reduce(
    (count, { rule }) => count + rule.filter((each) => typeof each !== "number").length,
    0,
  );
  const nodes = all.reduce((count, { column, leaf }) => count + column.length + leaf.length, 0);
  const firstValue = NODE_BYTES * nodes;
  const firstTree = firstValue + 8 * nodes;
  const firstCodes = firstTree + 8 * all.length;
  const bytes = new ArrayBuffer(firstCodes + CODES * categorical);
  const words = new Int32Array(bytes, 0, firstCodes / 4);
  const limits = new Float32Array(bytes, 0, 4 * nodes);
  const values = new Float64Array(bytes, firstValue, nodes);
  const codes = new Uint8Array(bytes);

  let first = 0;
  let nextCodes = firstCodes;
  for (const [index, { column, rule, missingLeft, left, right, leaf }] of all.entries()) {
    const byteOf = (node: number): number => NODE_BYTES * (first + node);
    const childOf = (child: number): number => byteOf(child >= 0 ? child : column.length - 1 - child);
    for (const [split, each] of rule.entries()) {
      const isNumeric = typeof each === "number";
      const kind = isNumeric ? missingLeft[split]! * MISSING_LEFT : CATEGORICAL;
      const at = byteOf(split) / 4;
      words.set([nextCodes, 4 * column[split]! + kind, childOf(left[split]!), childOf(right[split]!)], at);
      if (isNumeric) limits[at] = each === NO_THRESHOLD ? Infinity : floatAtMost(each);
      else {
        for (const code of each) codes[nextCodes + code] = 1;
        nextCodes += CODES;
      }
    }
    for (const [place, value] of leaf.entries()) {
      const self = byteOf(column.length + place);
      words.set([0, 0, self, self], self / 4);
      values[self / NODE_BYTES] = value;
    }
    words.set([byteOf(0), byteOf(column.length)], firstTree / 4 + 2 * index);
    first += column.length + leaf.length;
  }
  return { outputs, rounds: rounds.length, nodes, isMixed: categorical > 0, bytes, firstValue, firstTree };
}

/** The largest number of 32 bits that is not above the limit: among such numbers, the same ones are up to it. */
function floatAtMost(limit: number): number {
  const near = Math.fround(limit);
  if (near <= limit) return near;
  if (near === 0) return -1.401298464324817e-45; // the limit is negative, and nothing lies between
  const bits = new Int32Array(Float32Array.of(near).buffer);
  bits[0]! += near > 0 ? -1 : 1;
  return new Float32Array(bits.buffer)[0]!;
}
