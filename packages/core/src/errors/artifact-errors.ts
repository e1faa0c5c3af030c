import { RefitError } from "./refit-error.ts";

/** A stored model that cannot be what a learner wrote; nothing of it is used. */
export class ArtifactInvalidError extends RefitError {
  readonly code = "artifact-invalid";
  readonly hint = "Restore the version's folder with `refit rollback`, or train the model again.";
  /** Path inside the version's folder. */
  readonly file: string;
  /** Path of the field inside the file, such as `trees[3][0].left[2]`; empty: the file as a whole. */
  readonly field: string;

  /** @param expected what should be there, such as `a whole number from 0 to 6`. */
  constructor(file: string, field: string, expected: string, options?: ErrorOptions) {
    super(`${field === "" ? file : `${file}, ${field}`}: expected ${expected}.`, options);
    this.file = file;
    this.field = field;
  }
}
