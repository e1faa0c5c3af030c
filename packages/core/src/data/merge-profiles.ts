import { exactSum } from "../statistics/exact-sum.ts";
import type { ColumnProfile, Profile } from "./profile.ts";

/** Most texts that a profile keeps by name. */
export const topTexts = 200;

/**
 * The profile of all rows of several profiles. Columns are in the order of their first appearance; a column that a
 * profile lacks counts as missing in all its rows.
 *
 * Counts are exact whatever the order, and so are the sums of `sum` and `sumOfSquares`, since the name of a file decides its place; texts beyond the
 * most frequent ones lose their names, so `top` and `distinct` are bounds once a profile has more than 200.
 *
 * @param profiles in file order; none gives an empty profile.
 */
export function mergeProfiles(profiles: readonly Profile[]): Profile {
  const names = [...new Set(profiles.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  const byName = profiles.map(({ columns }) => new Map(columns.map((column) => [column.name, column])));
  const columns = names.map((name) => {
    const type = byName.find((columnsOf) => columnsOf.has(name))!.get(name)!.type;
    return mergeColumn(
      byName.map(
        (columnsOf, i) => columnsOf.get(name) ?? { name, type, rows: profiles[i]!.rows, nulls: profiles[i]!.rows },
      ),
    );
  });
  return { format: 1, rows: total(profiles.map(({ rows }) => rows)), columns };
}

function mergeColumn(parts: readonly ColumnProfile[]): ColumnProfile {
  const { name, type } = parts[0]!;
  return {
    name,
    type,
    rows: total(parts.map(({ rows }) => rows)),
    nulls: total(parts.map(({ nulls }) => nulls)),
    ...mergeNumbers(parts),
    ...mergeTexts(parts),
  };
}

function mergeNumbers(parts: readonly ColumnProfile[]): Partial<ColumnProfile> {
  const counted = parts.filter(({ buckets }) => buckets !== undefined);
  if (counted.length === 0) return {};
  const buckets = new Map<number, number>();
  for (const part of counted) {
    for (const [key, count] of part.buckets!) buckets.set(key, (buckets.get(key) ?? 0) + count);
  }
  const filled = counted.filter(({ min }) => min !== undefined);
  return {
    ...(filled.length > 0 && {
      min: filled.reduce((least, { min }) => Math.min(least, min!), Infinity),
      max: filled.reduce((most, { max }) => Math.max(most, max!), -Infinity),
    }),
    ...(filled.some(({ sum }) => sum !== undefined) && {
      sum: exactSum(filled.map(({ sum }) => sum ?? 0)),
      sumOfSquares: exactSum(filled.map(({ sumOfSquares }) => sumOfSquares ?? 0)),
    }),
    buckets: [...buckets].sort(([a], [b]) => a - b),
  };
}

function mergeTexts(parts: readonly ColumnProfile[]): Partial<ColumnProfile> {
  const counted = parts.filter(({ top }) => top !== undefined);
  if (counted.length === 0) return {};
  const counts = new Map<string, number>();
  for (const part of counted) {
    for (const [text, count] of part.top!) counts.set(text, (counts.get(text) ?? 0) + count);
  }
  const all = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const unnamed = counted.map(({ distinct, top }) => Math.max(0, (distinct ?? 0) - top!.length));
  return {
    top: all.slice(0, topTexts),
    otherCount:
      total(counted.map(({ otherCount }) => otherCount ?? 0)) + total(all.slice(topTexts).map(([, count]) => count)),
    distinct: counts.size + total(unnamed),
  };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
