import type { RowRanges } from "../ports/sources.ts";

/** What is new in a file that was not there before. */
export interface FileNews {
  readonly path: string;
  readonly sha256: string;
  /** All of its rows. */
  readonly rows: number;
  /** Rows that were nowhere before. */
  readonly added: number;
  /** Rows whose key was there with other values. */
  readonly corrected: number;
  /** Rows that were there before and are there once more. */
  readonly copied: number;
  /** A file that has some of the copied rows; `null`: none are. */
  readonly copiedFrom: string | null;
  /** The rows that were added or corrected; `null`: all of them. */
  readonly only: RowRanges | null;
}

/** A row that a person may look at. */
export interface RowExample {
  readonly kind: "added" | "corrected" | "lost";
  readonly path: string;
  /** From 1. */
  readonly row: number;
  /** Some of its values, as texts; what it was is known of a corrected one. `null`: missing, or not asked. */
  readonly values: readonly { readonly column: string; readonly was: string | null; readonly is: string | null }[];
}

/** What is different in rows that were corrected, and rows to look at. */
export interface RowChanges {
  /** Corrected rows in which a column has another value, the most first. */
  readonly columns: readonly { readonly column: string; readonly rows: number }[];
  /** Nothing of columns that are sensitive, or look as if they should be. */
  readonly examples: readonly RowExample[];
}

/** The rows of the data against an earlier state of them. */
export interface RowNews {
  /** Files that were not there, in file order. */
  readonly files: readonly FileNews[];
  /** Rows of files that are gone, which are nowhere any more. */
  readonly lost: number;
  /** Paths of earlier files whose rows nobody can read any more: their number alone is known. */
  readonly unread: readonly string[];
  /** The declared key repeats within files, so rows were compared as wholes. */
  readonly keyRepeats: boolean;
  /** `null`: no row was corrected, and none is gone. */
  readonly changes: RowChanges | null;
}
