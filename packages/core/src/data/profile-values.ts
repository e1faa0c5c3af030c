import { bucketOf } from "./buckets.ts";
import { topTexts } from "./merge-profiles.ts";
import type { ColumnProfile } from "./profile.ts";

/** Profile of numbers in memory, as `Tables` would make it; what is not finite counts as missing. */
export function profileNumbers(name: string, values: ArrayLike<number>): ColumnProfile {
  let [filled, min, max, sum, sumOfSquares] = [0, Infinity, -Infinity, 0, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) continue;
    filled++;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    sumOfSquares += value * value;
  }
  const rows = values.length;
  const base = { name, type: "number" as const, rows, nulls: rows - filled };
  if (filled === 0) return { ...base, buckets: [] };
  return { ...base, buckets: countBuckets(values, bucketOf(min), bucketOf(max)), min, max, sum, sumOfSquares };
}

/** Of finite numbers between two keys, which are the first and the last one; a counter for each key of all numbers would be half a megabyte. */
function countBuckets(values: ArrayLike<number>, first: number, last: number): [key: number, count: number][] {
  const counts = new Float64Array(last - first + 1);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isFinite(value)) counts[bucketOf(value) - first]!++;
  }
  const buckets: [key: number, count: number][] = [];
  for (let i = 0; i < counts.length; i++) if (counts[i]! > 0) buckets.push([first + i, counts[i]!]);
  return buckets;
}

/** Profile of texts in memory; `null`: missing. */
export function profileTexts(name: string, values: readonly (string | null)[]): ColumnProfile {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const all = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const present = all.reduce((sum, [, count]) => sum + count, 0);
  const top = all.slice(0, topTexts);
  const otherCount = present - top.reduce((sum, [, count]) => sum + count, 0);
  const base = { name, type: "string" as const, rows: values.length, nulls: values.length - present };
  return { ...base, top, otherCount, distinct: all.length };
}
