import { bucketOf } from "./buckets.ts";
import { topTexts } from "./merge-profiles.ts";
import type { ColumnProfile } from "./profile.ts";

/** Profile of numbers in memory, as `Tables` would make it; what is not finite counts as missing. */
export function profileNumbers(name: string, values: Iterable<number>): ColumnProfile {
  const counts = new Map<number, number>();
  let [rows, filled, min, max, sum, sumOfSquares] = [0, 0, Infinity, -Infinity, 0, 0];
  for (const value of values) {
    rows++;
    if (!Number.isFinite(value)) continue;
    filled++;
    const key = bucketOf(value);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    sumOfSquares += value * value;
  }
  const buckets = [...counts].sort(([a], [b]) => a - b);
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
