import { RefitError } from "./refit-error.ts";

/** A file that is sound, and that a newer refit wrote in a form that this one does not know: nothing is decided from it. */
export class FormatNewerError extends RefitError {
  readonly code = "format-newer";
  readonly hint =
    "Update refit: in a workflow, raise the tag in the `uses:` line of the action; with npm, run `npm install --save-dev refit@latest`.";
  readonly file: string;
  readonly format: number;

  /**
   * @param file where it is, such as `models/churn/champion/lineage.json`.
   * @param format what the file says.
   * @param known the highest that this refit reads.
   */
  constructor(file: string, format: number, known: number, options?: ErrorOptions) {
    super(`${file} has format ${format}, and this refit reads formats up to ${known}.`, options);
    this.file = file;
    this.format = format;
  }
}
