import { nearest } from "../spec/nearest.ts";
import { quoted, quotedList } from "./name-words.ts";
import { RefitError } from "./refit-error.ts";

/** A column that `model.yaml` names is not in the prepared data. */
export class UnknownColumnError extends RefitError {
  readonly code = "unknown-column";
  readonly hint = "Correct the name in model.yaml, or add the column to the manifest's `prepare`.";

  /** @param unknown `where` is the key that names the column, such as `features.exclude`. */
  constructor(
    unknown: readonly { readonly where: string; readonly name: string }[],
    columns: readonly string[],
    options?: ErrorOptions,
  ) {
    const sentences = unknown.map(({ where, name }) => {
      const near = nearest(name, columns);
      const advice = near === undefined ? "no name is similar." : `did you mean ${quoted(near)}?`;
      return `\`${where}\` names ${quoted(name)}, which is not a column of the prepared data: ${advice}`;
    });
    super(`${sentences.join("\n")}\nThe columns are ${quotedList(columns, 30)}.`, options);
  }
}

/** `model.yaml` asks for two things about features that exclude each other. */
export class FeatureConflictError extends RefitError {
  readonly code = "feature-conflict";
  readonly hint =
    "Change `features`, or the candidate that names the column, in model.yaml so that it no longer contradicts itself.";
}

/** Every column was ignored, so there is nothing to learn from. */
export class NoFeaturesError extends RefitError {
  readonly code = "no-features";
  readonly hint = "Add columns to the data, or relax `features` in model.yaml.";

  constructor(ignored: readonly { readonly name: string; readonly reason: string }[], options?: ErrorOptions) {
    const shown = ignored.slice(0, 20).map(({ name, reason }) => `${quoted(name)} (${reason})`);
    const more = ignored.length > 20 ? ` and ${ignored.length - 20} more` : "";
    super(`No column is left to train on. Ignored: ${shown.join(", ") || "none"}${more}.`, options);
  }
}

/** Rows that a fitted model cannot be applied to. */
export class FeatureMismatchError extends RefitError {
  readonly code = "feature-mismatch";
  readonly hint = "Restore the column with the type that features.json lists under `inputs`, or train a new model.";

  /** @param mismatches one clause each, such as `"speed" is missing`. */
  constructor(mismatches: readonly string[], options?: ErrorOptions) {
    super(`The rows do not have the columns that the model was trained on: ${mismatches.join("; ")}.`, options);
  }
}
