import type { ColumnProfile } from "./profile.ts";

type Counts = number[];

/** Share of the first profile's rows below which a category is counted among the rest … */
const rareShare = 0.01;
/** … as it is with fewer rows than this to be expected on a side. */
const leastExpected = 10;

/**
 * Counts of the same bins in two profiles of a column; bins that are empty on both sides are left out.
 *
 * Numbers: the deciles of the first profile, where a value that fills a tenth by itself has its own bin. Texts: one bin
 * per category that is not rare in the first profile, one for the rest. The last bin is "no value". The second profile
 * has no say in the bins: those that it fills by chance would be chosen, and chance would look like drift.
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
  const second = new Map(now.top);
  const least = Math.max(rareShare, leastExpected / Math.min(before.rows, now.rows)) * before.rows;
  const pairs = before
    .top!.filter(([, count]) => count >= least)
    .map(([text, a]) => [a, second.get(text) ?? 0] as const);
  const [a, b] = pairs.reduce(([m, n], [p, q]) => [m + p, n + q], [0, 0]);
  return [...pairs, [before.rows - before.nulls - a, now.rows - now.nulls - b]];
}
