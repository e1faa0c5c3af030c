import { RefitError } from "./refit-error.ts";

/** A file that is sound, and that a newer refit wrote in a form that this one does not know: nothing is decided from it. */
export class FormatNewerError extends RefitError {
  readonly code = "format-newer";
  readonly hint =
    "Update refit: in a workflow, raise the version in the `uses:` line of the action; elsewhere, install a newer refit.";
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

/** The `format` that a parsed file names, where it is above the one that this refit reads; else `null`. */
export function newerFormat(value: unknown, known: number): number | null {
  const { format } = Object(value) as { readonly format?: unknown };
  return Number.isInteger(format) && (format as number) > known ? (format as number) : null;
}

/** @throws FormatNewerError where a newer refit than this one wrote the file. */
export function refuseNewer(file: string, value: unknown, known: number): void {
  const format = newerFormat(value, known);
  if (format !== null) throw new FormatNewerError(file, format, known);
}
