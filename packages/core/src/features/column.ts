/**
 * One column of a table in memory. Missing is NaN for numbers and code -1 for text.
 *
 * Text is a dictionary and a code per row, so that a million rows of few categories cost four bytes each.
 */
export type Column = NumberColumn | TextColumn | FileColumn;

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

/** Files that rows name. Equal bytes are one entry, however many paths lead to them. */
export interface FileColumn {
  readonly kind: "text";
  readonly name: string;
  readonly type: "file";
  /** Names by content, `<sha256>.<ending>`, in order of first appearance: they tell nothing of the path. */
  readonly dictionary: readonly string[];
  /** Index into `dictionary`; -1: missing. */
  readonly codes: Int32Array;
  /**
   * Brings a file of the dictionary here.
   *
   * @returns absolute path of a file; whoever reads it compares its bytes with the digest in its name.
   */
  bring(name: string): Promise<string>;
}
