import type { MetricRow } from "../judge/comparison.ts";
import { formatNumber } from "./format-number.ts";

/** A dash where there is no number. */
export function number(value: number | null | undefined): string {
  return value === undefined || value === null ? "–" : formatNumber(value);
}

/** With its sign, as improvements are shown. */
export function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${formatNumber(Math.abs(value))}`;
}

export function optionalSigned(value: number | undefined): string {
  return value === undefined ? "–" : signed(value);
}

/** ` (−0.01 to +0.03)`, or nothing. */
export function intervalText({ interval }: Pick<MetricRow, "interval">): string {
  return interval === null ? "" : ` (${signed(interval[0])} to ${signed(interval[1])})`;
}

/** `1 row`, `2 rows`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The first few, and how many more there are. */
export function firstFew<T>(items: readonly T[], most: number): { readonly few: readonly T[]; readonly more: number } {
  return { few: items.slice(0, most), more: Math.max(0, items.length - most) };
}
