import { quoted } from "./name-words.ts";
import { RefitError } from "./refit-error.ts";

/** A part of the split has no row. */
export class TooFewRowsError extends RefitError {
  readonly code = "too-few-rows";
  readonly hint: string;

  /** @param together what keeps rows together: equal times, or that few of them are different, by key or value; `null`: nothing. */
  constructor(
    parts: { readonly train: number; readonly validation: number; readonly holdout: number },
    { rows, together }: { readonly rows: number; readonly together: "times" | { readonly kinds: number } | null },
    options?: ErrorOptions,
  ) {
    const kinds = together === null || together === "times" ? null : together.kinds;
    const why =
      kinds !== null
        ? ` Equal rows, and rows with the same key, stay together, and there ${kinds === 1 ? "is only 1 different row" : `are only ${kinds} different rows`}.`
        : together === "times"
          ? " Rows with equal times stay together."
          : "";
    const empty = Object.entries(parts).filter(([, count]) => count === 0);
    super(
      `${rows} rows are too few to split into training, validation and holdout: training gets ${parts.train}, validation ${parts.validation}, holdout ${parts.holdout}; ` +
        `${empty.map(([name]) => name).join(" and ")} would be empty.${why}`,
      options,
    );
    this.hint =
      kinds === null
        ? "Add more rows, or change `holdout` or `validation` in model.yaml."
        : "Remove the copies, name the columns that tell rows apart as `key` in model.yaml, or add more rows.";
  }
}

/** A row without a time is on neither side of a temporal split. */
export class TimeMissingError extends RefitError {
  readonly code = "time-missing";
  readonly hint = "Leave out or correct those rows in `prepare`, or choose another `time` column.";

  constructor(time: string, missing: number, rows: number, options?: ErrorOptions) {
    super(`${missing} of ${rows} rows have no value in the time column ${quoted(time)}.`, options);
  }
}
