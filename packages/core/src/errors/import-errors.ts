import { RefitError } from "./refit-error.ts";

/** What was given to `refit import` cannot be the first version of a model; nothing was changed. */
export class ImportInvalidError extends RefitError {
  readonly code = "import-invalid";
  readonly hint: string;

  /** @param what a sentence. @param hint what to do, as a sentence. */
  constructor(what: string, hint: string, options?: ErrorOptions) {
    super(what, options);
    this.hint = hint;
  }
}
