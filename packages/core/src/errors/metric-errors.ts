import { quoted } from "./name-words.ts";
import { RefitError } from "./refit-error.ts";

/** A place in a file, or in a text of it; both from 1. */
export interface TextPlace {
  readonly file?: string;
  readonly line: number;
  readonly column: number;
}

/** The expression of a metric of the model's own is not SQL that gives a number for one row. */
export class MetricInvalidError extends RefitError {
  readonly code = "metric-invalid";
  readonly hint =
    "Write one SQL expression over the columns of a prepared row, `label`, `answer` and `probability`, such as `CASE WHEN answer = label THEN 1 ELSE 0 END`.";
  readonly metric: string;
  /** What is wrong, as a clause without a full stop. */
  readonly problem: string;
  /** `null`: not known. */
  readonly at: TextPlace | null;

  constructor(metric: string, problem: string, at: TextPlace | null = null, options?: ErrorOptions) {
    const key = `metrics.own.${metric}.row`;
    const inText = at === null ? "" : `, line ${at.line}, column ${at.column}`;
    const place = at?.file === undefined ? `${key}${inText}` : `${at.file}:${at.line}:${at.column}: ${key}`;
    super(`${place}: ${problem}.`, options);
    this.metric = metric;
    this.problem = problem;
    this.at = at;
  }
}

/** A metric of the model's own must have a number for every row: a mean over some of them would be that of another question. */
export class MetricValueError extends RefitError {
  readonly code = "metric-value";
  readonly hint =
    "Say what such a row counts, as with `coalesce(amount, 0)` for a missing value and `nullif(x, 0)` for a divisor, or leave the row out in `prepare`.";
  readonly metric: string;
  /** From 1, in the order of the prepared rows. */
  readonly row: number;

  /** @param found the row, how many are like it, and of how many. @param value what it gives there, such as `NULL`. */
  constructor(metric: string, value: string, found: { row: number; bad: number; rows: number }) {
    const more = found.bad === 1 ? "" : ` and ${found.bad - 1} more`;
    super(
      `The metric ${quoted(metric)} gives ${value} instead of a number for the prepared row ${found.row}${more} (of ${found.rows} rows that were scored).`,
    );
    this.metric = metric;
    this.row = found.row;
  }
}
