import { deviation } from "./column-effects.ts";
import type { ColumnProfile } from "./profile.ts";

/** What more than half of a column's values are, if they are one value. */
export interface UsualValue {
  /** Key of its bucket for numbers, else the text. */
  readonly key: number | string;
  /** How many values are something else. */
  readonly others: number;
}

/** Share of the largest number below which a standard deviation is the rounding of sums. */
const rounding = 3e-5;

/**
 * Of a number, whose values are known by buckets of 2 %: a bucket holds one value, and not many close ones such as temperatures in kelvin, where
 * the others account for all of the spread. The range times the root of their share is the most that they can.
 *
 * @returns `null` where no value is the usual one.
 */
export function usualValue(column: ColumnProfile): UsualValue | null {
  const values = column.rows - column.nulls;
  const counts: readonly (readonly [key: number | string, count: number])[] = column.buckets ?? column.top ?? [];
  const [key, count] = counts.reduce((most, entry) => (entry[1] > most[1] ? entry : most), ["", 0]);
  const others = values - count;
  if (count === 0 || others * 2 >= values) return null;
  return column.buckets === undefined || isOfOthers(column, others / values) ? { key, others } : null;
}

/** Whether a share of the values can account for the standard deviation of all. */
function isOfOthers(column: ColumnProfile, share: number): boolean {
  const [low, high, spread] = [column.min ?? 0, column.max ?? 0, deviation(column) ?? Infinity];
  return spread <= Math.sqrt(share) * (high - low) + rounding * Math.max(Math.abs(low), Math.abs(high));
}
