import type { RowRanges } from "../ports/sources.ts";

/** What is new in a file that was not there before. */
export interface FileNews {
  readonly path: string;
  readonly sha256: string;
  /** All of its rows. */
  readonly rows: number;
  /** Rows that were nowhere before. */
  readonly added: number;
  /**
   * Rows that it may have from an earlier file that nobody can read any more are told by their number alone: `added` is how many more there
   * are, or how many are later than all before. Absent: rows were compared.
   */
  readonly assumed?: "more" | "later";
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

/** An earlier file whose bytes cannot be had. */
export interface UnreadFile {
  readonly path: string;
  readonly rows: number;
  /** Why: git does not track it, git does not have its bytes any more, its place does not give them, or nobody wrote down where they are. */
  readonly why: "untracked" | "gone-from-git" | "gone-from-place" | "unknown";
}

/** The rows of the data against an earlier state of them. */
export interface RowNews {
  /** Files that were not there, in file order. */
  readonly files: readonly FileNews[];
  /** Rows of files that are gone, which are nowhere any more. */
  readonly lost: number;
  /** Earlier files whose rows may be among the new ones, and which nobody can read any more: their number alone is known. */
  readonly unread: readonly UnreadFile[];
  /** The declared key repeats within files, so rows were compared as wholes. */
  readonly keyRepeats: boolean;
  /** `null`: no row was corrected, and none is gone. */
  readonly changes: RowChanges | null;
}
