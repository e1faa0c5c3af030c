import type { ColumnShape } from "./bin-features.ts";

/** Bytes of a bin: gradient sum, hessian sum, row count. */
const BIN_BYTES = 24;

/** Bytes that the histograms of open leaves may take; beyond it both children of a leaf are counted from their rows. */
const POOL_BYTES = 256 * 1024 * 1024;

/** A stock of histograms, by address, that are used again: 28 columns of 256 bins take 168 KiB. What they hold is undefined. */
export interface HistogramPool {
  take(): number;
  give(histogram: number): void;
  /** More are out than the budget allows; keep only what is needed at once. */
  isFull(): boolean;
  /** How many can be out at once. */
  readonly most: number;
}

/** @param poolBytes budget in bytes, see `isFull`. */
export function histogramPool(
  columns: readonly ColumnShape[],
  leaves: number,
  poolBytes: number = POOL_BYTES,
): HistogramPool & { open(first: number, stride: number): void } {
  const bytes = BIN_BYTES * columns.reduce((sum, { size }) => sum + size, 0);
  // While the budget holds, one per leaf; two more are out until both children of a leaf have been searched.
  const most = Math.min(leaves + 1, Math.floor(poolBytes / Math.max(1, bytes)) + 2);
  const free: number[] = [];
  return {
    most,
    open(first, stride) {
      for (let index = most - 1; index >= 0; index--) free.push(first + index * stride);
    },
    take() {
      const histogram = free.pop();
      if (histogram === undefined) throw new RangeError("There are more leaves than histograms.");
      return histogram;
    },
    give(histogram) {
      free.push(histogram);
    },
    isFull: () => (most - free.length) * bytes > poolBytes,
  };
}
