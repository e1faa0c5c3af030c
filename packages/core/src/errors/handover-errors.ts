import { RefitError } from "./refit-error.ts";

/** What lies in the folder is not what the training job handed over, so nothing of it is loaded. */
export class CandidatesAlteredError extends RefitError {
  readonly code = "candidates-altered";
  readonly hint = "Run the whole workflow again, and look for a step that writes into the folder between the two jobs.";

  constructor(folder: string, found: string, expected: string) {
    super(
      `The candidates in ${folder} are not the ones that the training job wrote: their digest is ${found}, not ${expected}.`,
    );
  }
}

/** The folder is what was handed over, and yet no training job of refit wrote it so. */
export class CandidatesInvalidError extends RefitError {
  readonly code = "candidates-invalid";
  readonly hint =
    "Use the same version of refit in both jobs. If both are the same, do not trust the training job: look at its log.";

  readonly what: string;

  /** @param what as a clause. */
  constructor(what: string, options?: ErrorOptions) {
    super(`The candidates from the training job cannot be used: ${what}.`, options);
    this.what = what;
  }
}

/** A retrain is due, and of the candidates that other jobs trained for it none can be used. */
export class CandidatesMissingError extends RefitError {
  readonly code = "candidates-missing";
  readonly hint =
    "Look at the logs of the jobs that trained, then re-run those that failed, or the whole workflow. Without `--candidates`, `refit run` trains by itself.";

  /** @param why one sentence for each candidate or folder, none of which can be used. */
  constructor(model: string, why: readonly string[]) {
    super(`None of the candidates of "${model}" can be used. ${why.join(" ")}`);
  }
}
