import type { ColumnProfile } from "./profile.ts";

type Counts = number[];

/** Share of the rows below which, on both sides, a category is counted among the rest. */
const rareShare = 0.01;

/**
 * Counts of the same bins in two profiles of a column; bins that are empty on both sides are left out.
 *
 * Numbers: the deciles of the first profile, where a value that fills a tenth by itself has its own bin. Texts: one bin
 * per category that is not rare, one for the rest. The last bin is "no value".
 */
export function alignCounts(before: ColumnProfile, now: ColumnProfile): [Counts, Counts] {
  const pairs = [...valueCounts(before, now), [before.nulls, now.nulls] as const].filter(([a, b]) => a + b > 0);
  return [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
}

function valueCounts(before: ColumnProfile, now: ColumnProfile): (readonly [number, number])[] {
  if (before.buckets !== undefined && now.buckets !== undefined) {
    const borders = decileKeys(before.buckets);
    const first = countByKeys(before.buckets, borders);
    const second = countByKeys(now.buckets, borders);
    return first.map((count, bin) => [count, second[bin]!]);
  }
  if (before.top !== undefined && now.top !== undefined) return categoryCounts(before, now);
  return [[before.rows - before.nulls, now.rows - now.nulls]];
}

/** Largest bucket key of each bin but the last, ascending. */
function decileKeys(buckets: readonly (readonly [number, number])[]): number[] {
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  const keys = new Set<number>();
  let reached = 0;
  for (const [key, count] of buckets) {
    const decile = Math.floor((10 * reached) / total);
    reached += count;
    if (Math.floor((10 * reached) / total) > decile) keys.add(key);
    if (count >= total / 10) keys.add(key - 1);
  }
  return [...keys].sort((a, b) => a - b);
}

function countByKeys(buckets: readonly (readonly [number, number])[], borders: readonly number[]): Counts {
  const counts = Array.from({ length: borders.length + 1 }, () => 0);
  let bin = 0;
  for (const [key, count] of buckets) {
    while (bin < borders.length && key > borders[bin]!) bin++;
    counts[bin]! += count;
  }
  return counts;
}

function categoryCounts(before: ColumnProfile, now: ColumnProfile): (readonly [number, number])[] {
  const first = new Map(before.top);
  const second = new Map(now.top);
  const frequent = [...new Set([...first.keys(), ...second.keys()])].filter(
    (text) =>
      (first.get(text) ?? 0) >= rareShare * before.rows ||
      // What the reference may hold among its unnamed texts cannot be called new.
      ((second.get(text) ?? 0) >= rareShare * now.rows && (first.has(text) || (before.otherCount ?? 0) === 0)),
  );
  const pairs = frequent.map((text) => [first.get(text) ?? 0, second.get(text) ?? 0] as const);
  const [a, b] = pairs.reduce(([m, n], [p, q]) => [m + p, n + q], [0, 0]);
  return [...pairs, [before.rows - before.nulls - a, now.rows - now.nulls - b]];
}
