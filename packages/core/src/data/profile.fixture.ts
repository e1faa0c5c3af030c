import { bucketOf } from "./buckets.ts";
import { topTexts } from "./merge-profiles.ts";
import type { ColumnProfile, Profile } from "./profile.ts";

/** Columns of plain values, by name; `null`: missing. */
export type Columns = Readonly<Record<string, readonly (number | string | null)[]>>;

/** The profile that `Tables` would make of these columns, counted the simple way. */
export function profileOf(columns: Columns): Profile {
  const lengths = Object.values(columns).map((values) => values.length);
  return {
    format: 1,
    rows: lengths[0] ?? 0,
    columns: Object.entries(columns).map(([name, values]) => columnOf(name, values)),
  };
}

function columnOf(name: string, values: readonly (number | string | null)[]): ColumnProfile {
  const present = values.filter((value) => value !== null);
  const base = { name, rows: values.length, nulls: values.length - present.length };
  if (present.some((value) => typeof value === "string")) {
    const all = [...tally(present.map(String))].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    const top = all.slice(0, topTexts);
    const otherCount = present.length - top.reduce((sum, [, count]) => sum + count, 0);
    return { ...base, type: "string", top, otherCount, distinct: all.length };
  }
  const numbers = present as number[];
  const buckets = [...tally(numbers.map(bucketOf))].sort(([a], [b]) => a - b);
  if (numbers.length === 0) return { ...base, type: "number", buckets };
  const sum = numbers.reduce((total, x) => total + x, 0);
  const sumOfSquares = numbers.reduce((total, x) => total + x * x, 0);
  return { ...base, type: "number", min: Math.min(...numbers), max: Math.max(...numbers), sum, sumOfSquares, buckets };
}

function tally<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
