import { bucketOf, largestKey } from "./buckets.ts";
import { topTexts } from "./merge-profiles.ts";
import type { ColumnProfile } from "./profile.ts";

/** Profile of numbers in memory, as `Tables` would make it; what is not finite counts as missing. */
export function profileNumbers(name: string, values: ArrayLike<number>): ColumnProfile {
  const counts = new Float64Array(2 * largestKey + 1);
  let [filled, min, max, sum, sumOfSquares] = [0, Infinity, -Infinity, 0, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) continue;
    filled++;
    counts[bucketOf(value) + largestKey]!++;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    sumOfSquares += value * value;
  }
  const rows = values.length;
  const buckets: [key: number, count: number][] = [];
  if (filled > 0) {
    for (let key = bucketOf(min); key <= bucketOf(max); key++) {
      const count = counts[key + largestKey]!;
      if (count > 0) buckets.push([key, count]);
    }
  }
  const base = { name, type: "number" as const, rows, nulls: rows - filled, buckets };
  return filled === 0 ? base : { ...base, min, max, sum, sumOfSquares };
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
