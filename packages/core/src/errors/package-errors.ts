import { docsPage } from "./docs-page.ts";
import { RefitError } from "./refit-error.ts";

/** A part of refit that is a package of its own, which whoever needs it installs. */
export class PackageMissingError extends RefitError {
  readonly code = "package-missing";
  readonly hint: string;

  /**
   * @param needed for example `refit serve`.
   * @param found the version that is installed; `null`: none is.
   */
  constructor(needed: string, { name, version, found, page }: MissingPackage) {
    const what = found === null ? "it is not installed" : `${found} is installed`;
    super(`${needed} needs the package ${name} ${version}; ${what}.`);
    this.hint = `Install ${name} ${version} beside refit: ${docsPage(page)}.`;
  }
}

export interface MissingPackage {
  readonly name: string;
  /** That of refit. */
  readonly version: string;
  readonly found: string | null;
  /** Where its installation is described, in `docs/`. */
  readonly page: string;
}
