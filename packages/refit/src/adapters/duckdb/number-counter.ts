import { bucketOf, largestKey, type ColumnProfile } from "@refit/core/data";

/** Counts the numbers of a column. */
export interface NumberCounter {
  /** @param values [rows]; NaN stands for a missing one. */
  add(values: Float64Array): void;
  /** What was added since the last time. */
  take(): Partial<ColumnProfile>;
}

/** Range, sums and buckets of numbers, in one pass in their order; it holds 300 KB of counts. */
export function numberCounter(): NumberCounter {
  const counts = new Uint32Array(2 * largestKey + 1);
  const keys: number[] = [];
  let [min, max] = [Infinity, -Infinity];
  let sums = { sum: 0, sumOfSquares: 0 };
  return {
    add(values) {
      let { sum, sumOfSquares } = sums;
      let [least, most] = [min, max];
      for (const value of values) {
        if (Number.isNaN(value)) continue;
        sum += value;
        sumOfSquares += value * value;
        if (value < least) least = value;
        if (value > most) most = value;
        const key = bucketOf(value);
        const before = counts[key + largestKey]!;
        if (before === 0) keys.push(key);
        counts[key + largestKey] = before + 1;
      }
      [min, max] = [least, most];
      sums = { sum, sumOfSquares };
    },
    take() {
      keys.sort((a, b) => a - b);
      const buckets = keys.map((key): [number, number] => [key, counts[key + largestKey]!]);
      // Squares of numbers beyond 1e154 overflow, and JSON has no infinity.
      const isFinite = Number.isFinite(sums.sum) && Number.isFinite(sums.sumOfSquares);
      const range = keys.length === 0 ? {} : { min, max, ...(isFinite && sums) };
      for (const key of keys) counts[key + largestKey] = 0;
      keys.length = 0;
      [min, max] = [Infinity, -Infinity];
      sums = { sum: 0, sumOfSquares: 0 };
      return { ...range, buckets };
    },
  };
}
