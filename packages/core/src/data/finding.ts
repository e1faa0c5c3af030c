/** The commit on the base branch that brought the words. */
export interface AcceptedBy {
  readonly commit: string;
  readonly author: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * What a data check found. `error` and `suspect` block, `warning` is told. A suspect that the manifest accepts with
 * a reason becomes a warning.
 */
export interface Finding {
  /** Stable, such as `null-rate` or `unit-change`; each has a row in `docs/reference/findings.md`. */
  readonly code: string;
  readonly severity: "error" | "suspect" | "warning";
  readonly file: string | null;
  readonly column: string | null;
  /** 1-based line in the file where that is known. */
  readonly line?: number;
  /** Values, or rows, that it is about, where they were counted. */
  readonly count?: number;
  /** The first of the values, quoted and capped, at most three; never of a sensitive column. */
  readonly examples?: readonly string[];
  /** One plain sentence with the numbers in it; hostile text in it is quoted and capped, not yet escaped. */
  readonly message: string;
  /** What to do, as one sentence. */
  readonly hint: string;
  /** A suspect that the manifest accepts: why, and who said so (`null`: nobody has committed it). */
  readonly accepted?: { readonly reason: string; readonly by: AcceptedBy | null };
}
