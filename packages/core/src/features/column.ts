/**
 * One column of a table in memory. Missing is NaN for numbers and code -1 for text.
 *
 * Text is a dictionary and a code per row, so that a million rows of few categories cost four bytes each.
 */
export type Column = NumberColumn | TextColumn;

export interface NumberColumn {
  readonly kind: "number";
  readonly name: string;
  /**
   * `number` as it is; `boolean` as 0 and 1; `date` and `datetime` as epoch milliseconds, UTC.
   */
  readonly type: "number" | "integer" | "boolean" | "date" | "datetime";
  readonly values: Float64Array;
}

export interface TextColumn {
  readonly kind: "text";
  readonly name: string;
  readonly type: "string";
  /** Distinct values in order of first appearance. */
  readonly dictionary: readonly string[];
  /** Index into `dictionary`; -1: missing. */
  readonly codes: Int32Array;
}
