import { quoted } from "./name-words.ts";
import { RefitError } from "./refit-error.ts";

/** A model that stopped being finite would predict nonsense, so no artifact is written. */
export class LearnerDivergedError extends RefitError {
  readonly code = "learner-diverged";
  readonly hint =
    "Look for extreme values in the target or the features, or set a lower `learningRate` or a higher `l2` in model.yaml.";
  readonly learner: string;

  /** @param what the quantity that is not finite, such as `the validation loss after tree 12`. */
  constructor(learner: string, what: string, options?: ErrorOptions) {
    super(`The learner "${learner}" diverged: ${what} is not a finite number.`, options);
    this.learner = learner;
  }
}

/** Counts and amounts are not below 0, and their logarithm is what is learned. */
export class NegativeTargetError extends RefitError {
  readonly code = "negative-target";
  readonly hint =
    "Remove `objective: poisson` from the candidate in model.yaml, or leave those rows out or correct them in `prepare`.";

  /**
   * @param target its name; `null`: not known.
   * @param where such as `3 of 200 training rows`.
   */
  constructor(target: string | null, where: string, options?: ErrorOptions) {
    const named = target === null ? "The target" : `The target ${quoted(target)}`;
    super(`${named} is below 0 in ${where}, and \`objective: poisson\` predicts counts or amounts from 0 up.`, options);
  }
}

/** More rows and columns than the learner's memory can hold. */
export class TrainingLimitError extends RefitError {
  readonly code = "training-limit";
  readonly hint =
    "Train on fewer rows, with `training: { rows: … }` or `training: { days: … }` in model.yaml, or on fewer columns, with `features: { exclude: [ … ] }`.";
  readonly learner: string;

  constructor(learner: string, rows: number, columns: number, options?: ErrorOptions) {
    super(
      `The learner "${learner}" does not have enough memory for ${rows} rows of ${columns} columns: it can use at most 4 GiB, and less where the machine has less.`,
      options,
    );
    this.learner = learner;
  }
}

/** A candidate or a stored version names a learner that is not installed. */
export class LearnerMissingError extends RefitError {
  readonly code = "learner-missing";
  readonly hint: string;
  readonly learner: string;

  /**
   * @param installed names of those that are.
   * @param options.what what is missing of it, as a clause; left out: all of it.
   * @param options.remedy what to do instead of using one of those, as a sentence.
   */
  constructor(
    learner: string,
    installed: readonly string[],
    options: ErrorOptions & { readonly what?: string; readonly remedy?: string } = {},
  ) {
    super(`The learner "${learner}" ${options.what ?? "is not installed"}.`, options);
    this.learner = learner;
    this.hint =
      options.remedy ??
      `Use one of the installed learners (${installed.join(", ")}), or the version of refit that made this model.`;
  }
}

/** Code of the user's does not build a network that can be trained; other candidates and the champion are untouched. */
export class NetworkInvalidError extends RefitError {
  readonly code = "network-invalid";
  readonly hint = "Correct the file, or remove `code` from the candidate to train dense layers.";
  readonly file: string;

  /** @param what a clause without a full stop, such as `exports no function \`build\``. */
  constructor(file: string, what: string, options?: ErrorOptions) {
    super(`${file} ${what}.`, options);
    this.file = file;
  }
}

/** Which rows are too few, of those that a model is said not to have learned from. */
export type SeenRows =
  | { readonly of: "holdout" }
  | { readonly of: "validation"; readonly rows: number; readonly minRows: number };

/** A model that was trained elsewhere has learned from the rows that would judge it; other candidates and the champion are untouched. */
export class RowsSeenError extends RefitError {
  readonly code = "rows-seen";
  readonly hint: string;

  constructor(model: { readonly file: string; readonly trainedUntil: string }, seen: SeenRows) {
    const until = `has learned from rows up to ${model.trainedUntil} (\`trainedUntil\` in model.yaml)`;
    const why =
      seen.of === "holdout"
        ? "and no row of the holdout is newer, so it cannot be judged"
        : `and ${seen.rows} validation rows are newer: candidates are chosen by them, and that needs at least ${seen.minRows} (holdout.minRows)`;
    super(`${quoted(model.file)} ${until}, ${why}.`);
    this.hint =
      seen.of === "holdout"
        ? "Wait for newer rows, or use a model that was trained without the newest ones."
        : "Make it the only candidate, so that nothing has to be chosen, or use a model that was trained without the newest rows.";
  }
}

/** The package that runs ONNX models is not there; nobody who needs none has to have it. */
export class OnnxRuntimeMissingError extends RefitError {
  readonly code = "onnx-runtime-missing";
  readonly hint = "Install it where refit runs: `npm install --save-dev onnxruntime-web`.";

  constructor() {
    super("A model in ONNX needs the package onnxruntime-web, which is not installed here.");
  }
}
