import { quoted, quotedList } from "./name-words.ts";
import { RefitError } from "./refit-error.ts";

/** The target has one value only in the training rows, so there is nothing to distinguish. */
export class SingleClassError extends RefitError {
  readonly code = "single-class";
  readonly hint = "Wait for rows with another value, hold out fewer rows, or correct `prepare`.";

  /** @param found the value, and a sentence, after a blank, about values that only held-out rows have; empty: none. */
  constructor(
    target: string,
    { value, heldOut }: { readonly value: string | null; readonly heldOut: string },
    rows: number,
    options?: ErrorOptions,
  ) {
    const found = value === null ? "no value" : `the one value ${quoted(value)}`;
    super(
      `Target ${quoted(target)} has ${found} in the ${rows} training rows; a model needs at least two values.${heldOut}`,
      options,
    );
  }
}

/** The target's type or number of values is not what the task needs. */
export class TargetTaskError extends RefitError {
  readonly code = "target-task";
  readonly hint = "Change `task` or `target` in model.yaml, or convert the target in `prepare`.";
}

/** More classes than the task can have. */
export class TooManyClassesError extends RefitError {
  readonly code = "too-many-classes";
  readonly hint = "Change `task`, or merge values of the target in `prepare`.";

  constructor(target: string, task: string, values: readonly string[], most: number) {
    super(
      `Target ${quoted(target)} has ${values.length} values, but task ${task} takes at most ${most}: ${quotedList(values)}.`,
    );
  }
}

/** `positive` is not a value of the target. */
export class UnknownPositiveError extends RefitError {
  readonly code = "unknown-positive";
  readonly hint = "Set `positive` in model.yaml to one of the target's values, with the same type.";

  constructor(target: string, positive: string, values: readonly string[], options?: ErrorOptions) {
    super(
      `\`positive\` is ${positive}, but target ${quoted(target)} has ${values.join(" and ")} in the training rows.`,
      options,
    );
  }
}

/** A binary target has a third value, which no training row had. */
export class UnseenClassError extends RefitError {
  readonly code = "unseen-class";
  readonly hint = "Correct or merge the value in `prepare`, or change `task` to multiclass.";

  constructor(target: string, values: readonly string[], rows: number, options?: ErrorOptions) {
    super(
      `Target ${quoted(target)} has values that no training row has, in ${rows} rows: ${quotedList(values)}.`,
      options,
    );
  }
}
