import { RefitError } from "./refit-error.ts";

/** What is wrong with a value of a row, or with a column that is not there. */
export interface InputProblem {
  /** From 0. */
  readonly row: number;
  readonly column: string;
  readonly expected: string;
  /** Kind of what was found; `null`: there is no such column. Values are not told, since they may be somebody's data. */
  readonly found: string | null;
  /** The most similar name among those that were sent; `null`: none is similar. */
  readonly nearest: string | null;
}

/** Rows that a version cannot answer; no row was answered. */
export class InputInvalidError extends RefitError {
  readonly code = "input-invalid";
  readonly hint = "Send each input column with the type that the version lists, and null where there is no value.";
  /** The first of them. */
  readonly problems: readonly InputProblem[];

  /** @param more problems besides those. */
  constructor(problems: readonly InputProblem[], more: number) {
    const rest = more > 0 ? ` There are ${more} more problems.` : "";
    super(problems.map(sentenceOf).join(" ") + rest);
    this.problems = problems;
  }
}

function sentenceOf({ row, column, expected, found, nearest }: InputProblem): string {
  const name = JSON.stringify(column);
  if (found !== null) return `Row ${row}, ${name}: expected ${expected}, found ${found}.`;
  const advice = nearest === null ? "" : ` Did you mean ${JSON.stringify(nearest)}?`;
  return `Row ${row} has no ${name}: expected ${expected}.${advice}`;
}
