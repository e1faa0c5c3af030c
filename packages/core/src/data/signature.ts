import { chiSquaredHomogeneity } from "../statistics/two-sample/chi-squared-homogeneity.ts";
import type { FindingCode } from "./finding-codes.ts";

/** What a column's accident looks like; `null`: like none. */
export type Signature = {
  readonly code: FindingCode;
  /** After "Column x of file y". */
  readonly words: string;
  /** Values that it is about. */
  readonly count?: number;
  /** Some of them, quoted. */
  readonly examples?: readonly string[];
} | null;

/** Fewest values for a statement about a file's distribution. */
export const leastValues = 30;
/** A share that is as different as this by chance once in a thousand columns is not news. */
export const leastP = 0.001;

/** Texts that often stand for "not known". */
export const sentinelWords = /^(?:n\/?a|nan|nil|none|null|missing|unknown|undefined|\?|-+|\.)$/i;

/** A text without what a change of export or typist changes: case, outer blanks, and how words are joined. */
export function normalised(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");
}

/** Whether chance explains the difference of two shares. */
export function sameShare(a: number, of: number, b: number, ofB: number): boolean {
  const test = chiSquaredHomogeneity([
    [a, of - a],
    [b, ofB - b],
  ]);
  return (test?.p ?? 1) >= leastP;
}
