import { jensenShannonDistanceBase2 } from "../statistics/two-sample/jensen-shannon.ts";
import { alignCounts } from "./align-counts.ts";
import { bucketValue } from "./buckets.ts";
import type { ColumnProfile } from "./profile.ts";

type Buckets = readonly (readonly [key: number, count: number])[];

/**
 * Largest distance of two distribution functions, 0 to 1, from bucket counts; `null` without values on a side.
 *
 * @param enough a larger distance need not be known: any that is larger will do.
 */
export function kolmogorovDistance(before: Buckets, now: Buckets, enough = 1): number | null {
  const n = total(before);
  const m = total(now);
  if (n === 0 || m === 0) return null;
  let [i, j, a, b, largest] = [0, 0, 0, 0, 0];
  // What is left when one side has ended only brings the other one nearer to it.
  while (i < before.length && j < now.length && largest <= enough) {
    const apart = before[i]![0] - now[j]![0];
    if (apart <= 0) a += before[i++]![1];
    if (apart >= 0) b += now[j++]![1];
    largest = Math.max(largest, Math.abs(a / n - b / m));
  }
  return largest;
}

/**
 * Wasserstein-1 distance in standard deviations of the first column, whatever its scale, from bucket counts (so within
 * about 1 % of the values' size). `null` without values on a side or without spread on the first.
 */
export function scaledDistance(before: ColumnProfile, now: ColumnProfile): number | null {
  const spread = deviation(before);
  if (spread === null || !(spread > 0) || before.buckets === undefined || now.buckets === undefined) return null;
  const [n, m] = [total(before.buckets), total(now.buckets)];
  return n === 0 || m === 0 ? null : areaBetween(before.buckets, n, now.buckets, m) / spread;
}

/** The area between two distribution functions, in one pass, since buckets are in the order of their values. */
function areaBetween(before: Buckets, n: number, now: Buckets, m: number): number {
  let [i, j, a, b, area, previous] = [0, 0, 0, 0, 0, 0];
  while (i < before.length || j < now.length) {
    const key = Math.min(before[i]?.[0] ?? Infinity, now[j]?.[0] ?? Infinity);
    const value = bucketValue(key);
    const height = Math.abs(a / n - b / m);
    if (height > 0) area += height * (value - previous);
    previous = value;
    while (i < before.length && before[i]![0] === key) a += before[i++]![1];
    while (j < now.length && now[j]![0] === key) b += now[j++]![1];
  }
  return area;
}

/** Jensen-Shannon distance, base 2 (0 to 1), of the texts' shares; `null` for other columns or without rows. */
export function textDistance(before: ColumnProfile, now: ColumnProfile): number | null {
  if (before.top === undefined || now.top === undefined) return null;
  return jensenShannonDistanceBase2(...alignCounts(before, now));
}

/** Standard deviation (divisor n) from the sums; exactly 0 for a constant, `null` where it is not known. */
export function deviation({ rows, nulls, min, max, sum, sumOfSquares }: ColumnProfile): number | null {
  if (min === undefined || sum === undefined || sumOfSquares === undefined || rows === nulls) return null;
  if (min === max) return 0;
  const mean = sum / (rows - nulls);
  return Math.sqrt(Math.max(0, sumOfSquares / (rows - nulls) - mean * mean));
}

function total(buckets: Buckets): number {
  let sum = 0;
  for (const bucket of buckets) sum += bucket[1]; // each pair of columns is compared
  return sum;
}
