import type { BinnedColumn } from "./bin-features.ts";

/** Numbers per bin, next to each other: gradient sum, hessian sum, row count. */
export const STRIDE = 3;

/** Bytes that the histograms of open leaves may take; beyond it both children of a leaf are counted from their rows. */
const POOL_BYTES = 256 * 1024 * 1024;

/**
 * A stock of histograms that are used again. A histogram is one array for all columns, [STRIDE × bins of column 0, then
 * of column 1, …]: 28 columns of 256 bins take 168 KiB.
 */
export interface HistogramPool {
  /** An all-zero histogram. */
  take(): Float64Array;
  give(histogram: Float64Array): void;
  /** More are out than the budget allows; keep only what is needed at once. */
  isFull(): boolean;
  /** One column's part of a histogram, [STRIDE × bins], as a view: writing to it changes the histogram. */
  sumsOf(histogram: Float64Array, column: number): Float64Array;
}

/** @param poolBytes budget in bytes, see `isFull`. */
export function histogramPool(columns: readonly BinnedColumn[], poolBytes: number = POOL_BYTES): HistogramPool {
  const ends: number[] = [];
  let length = 0;
  for (const { size } of columns) ends.push((length += STRIDE * size));
  const free: Float64Array[] = [];
  let taken = 0;
  return {
    take() {
      taken++;
      return free.pop()?.fill(0) ?? new Float64Array(length);
    },
    give(histogram) {
      taken--;
      free.push(histogram);
    },
    isFull: () => taken * length * Float64Array.BYTES_PER_ELEMENT > poolBytes,
    sumsOf: (histogram, column) => histogram.subarray(ends[column - 1] ?? 0, ends[column]),
  };
}

/** First and second derivatives of the loss by the score. What their entries stand for (a row, a place) says who holds them. */
export interface Gradients {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/**
 * Adds a leaf's rows to one column's bins. O(rows).
 *
 * @param sums [STRIDE × bins]: per bin gradient sum, hessian sum, row count; see `sumsOf`.
 * @param bins [training rows]: each row's bin in this column, 0 = missing.
 * @param rows [rows of the leaf]: numbers of training rows.
 * @param ordered [≥ rows of the leaf]: entry k belongs to `rows[k]`, so that it is read in order.
 */
export function addRows(
  sums: Float64Array,
  bins: Uint8Array,
  rows: Uint32Array,
  { gradients, hessians }: Gradients,
): void {
  for (let k = 0; k < rows.length; k++) {
    const at = STRIDE * bins[rows[k]!]!;
    sums[at]! += gradients[k]!;
    sums[at + 1]! += hessians[k]!;
    sums[at + 2]! += 1;
  }
}

/**
 * The same for two columns in one pass: the hot loop of training, a third faster because every row is read once for both.
 * Each bin's sums are added in the same order as by `addRows`, so that they are the same to the last bit.
 */
export function addRowsToPair(
  [sumsA, sumsB]: readonly [Float64Array, Float64Array],
  [binsA, binsB]: readonly [Uint8Array, Uint8Array],
  rows: Uint32Array,
  { gradients, hessians }: Gradients,
): void {
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!;
    const gradient = gradients[k]!;
    const hessian = hessians[k]!;
    const a = STRIDE * binsA[row]!;
    const b = STRIDE * binsB[row]!;
    sumsA[a]! += gradient;
    sumsB[b]! += gradient;
    sumsA[a + 1]! += hessian;
    sumsB[b + 1]! += hessian;
    sumsA[a + 2]! += 1;
    sumsB[b + 2]! += 1;
  }
}

/**
 * Turns a parent's histogram into that of one child by subtracting the other child's. O(bins of all columns), whatever
 * the number of rows; the trick of LightGBM (Ke et al. 2017).
 */
export function subtract(parent: Float64Array, child: Float64Array): void {
  for (let i = 0; i < parent.length; i++) parent[i]! -= child[i]!;
}
