import type { FeatureMatrix } from "@refit/core/runtime";
import { type Forest, plant } from "../forest.ts";
import type { AddRows } from "../predict.ts";
import type { Tree } from "../tree.ts";
import { predictionWasm } from "./predict.generated.ts";

/** Rows that go through all trees together: few enough to stay in the processor's cache. A multiple of `STEP`. */
const BLOCK_ROWS = 256;
/** Rows that walk in step. */
const STEP = 8;
const PAGE = 65_536;

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What `packages/tabular/kernels/predict/index.ts` exports; addresses are bytes. */
interface PredictKernels {
  readonly memory: Memory;
  addNumeric(
    trees: number,
    count: number,
    values: number,
    block: number,
    stride: number,
    scores: number,
    rows: number,
  ): void;
  readonly addMixed: PredictKernels["addNumeric"];
}

/** The part of the interface that is used here; its types come with the DOM's, which are not loaded. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** One for all models: each call brings its trees along. Made by the first batch. */
let opened: PredictKernels | undefined;

function openKernels(): PredictKernels {
  const module = new WebAssembly.Module(Uint8Array.from(atob(predictionWasm), (char) => char.charCodeAt(0)));
  return new WebAssembly.Instance(module).exports as PredictKernels;
}

/** Rows of a model's trees, many at a time, which are laid out for that when the first ones come. */
export function inBatches(rounds: readonly (readonly Tree[])[], outputs: number): AddRows {
  let forest: Forest | undefined;
  return (features, scores) => addForest((forest ??= plant(rounds, outputs)), features, scores);
}

/**
 * Add each row's leaf of each tree to its score, to the same bit as row after row. O(trees × rows × depth).
 *
 * @param scores one array [rows] per output.
 */
function addForest(forest: Forest, features: FeatureMatrix, scores: readonly Float64Array[]): void {
  opened ??= openKernels();
  const { memory, addNumeric, addMixed } = opened;
  const { bytes, rounds, isMixed, firstValue, firstTree } = forest;
  const width = features.columns.length;
  const firstScore = alignedTo8(bytes.byteLength);
  const firstRow = firstScore + 8 * BLOCK_ROWS;
  const missing = firstRow + 4 * width * BLOCK_ROWS - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));

  const { buffer } = memory;
  new Uint8Array(buffer).set(new Uint8Array(bytes));
  const blockScores = new Float64Array(buffer, firstScore, BLOCK_ROWS);
  const block = {
    numbers: new Float32Array(buffer, firstRow, width * BLOCK_ROWS),
    codes: new Int32Array(buffer, firstRow, width * BLOCK_ROWS),
  };
  const add = isMixed ? addMixed : addNumeric;
  for (let from = 0; from < features.rows; from += BLOCK_ROWS) {
    const to = Math.min(features.rows, from + BLOCK_ROWS);
    fillBlock(block, features, from, to);
    for (const [output, ofOutput] of scores.entries()) {
      const rows = ofOutput.subarray(from, to);
      blockScores.set(rows);
      const trees = firstTree + 8 * rounds * output;
      // The last rows that walk in step may be none of ours; what they come to is not read.
      add(trees, rounds, firstValue, firstRow, 4 * width, firstScore, STEP * Math.ceil(rows.length / STEP));
      rows.set(blockScores.subarray(0, rows.length));
    }
  }
}

/** Row by row, because a walk down a tree looks at many columns of one row. */
function fillBlock(
  { numbers, codes }: { readonly numbers: Float32Array; readonly codes: Int32Array },
  { columns }: FeatureMatrix,
  from: number,
  to: number,
): void {
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index]!;
    if (column.kind === "numeric")
      for (let row = from, at = index; row < to; row++, at += columns.length) numbers[at] = column.values[row]!;
    else for (let row = from, at = index; row < to; row++, at += columns.length) codes[at] = column.codes[row]!;
  }
}

const alignedTo8 = (byte: number): number => 8 * Math.ceil(byte / 8);
