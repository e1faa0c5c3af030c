import { quoted } from "./name-words.ts";
import { RefitError } from "./refit-error.ts";

/** A part of the split has no row. */
export class TooFewRowsError extends RefitError {
  readonly code = "too-few-rows";
  readonly hint = "Add more rows, or change `holdout` or `validation` in model.yaml.";

  /** @param tied whether rows have equal times, which keeps them together. */
  constructor(
    parts: { readonly train: number; readonly validation: number; readonly holdout: number },
    { rows, tied }: { readonly rows: number; readonly tied: boolean },
    options?: ErrorOptions,
  ) {
    const empty = Object.entries(parts).filter(([, count]) => count === 0);
    super(
      `${rows} rows are too few to split into training, validation and holdout: training gets ${parts.train}, validation ${parts.validation}, holdout ${parts.holdout}; ` +
        `${empty.map(([name]) => name).join(" and ")} would be empty.${tied ? " Rows with equal times stay together." : ""}`,
      options,
    );
  }
}

/** A row without a time is on neither side of a temporal split. */
export class TimeMissingError extends RefitError {
  readonly code = "time-missing";
  readonly hint = "Drop or repair those rows in `prepare`, or choose another `time` column.";

  constructor(time: string, missing: number, rows: number, options?: ErrorOptions) {
    super(`${missing} of ${rows} rows have no value in the time column ${quoted(time)}.`, options);
  }
}
