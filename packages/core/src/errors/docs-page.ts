/** Where a reader finds the pages of `docs/`; a structure test compares it with the `repository` of the package. */
const docs = "https://github.com/OWNER/refit/blob/main/docs";

/**
 * Where a person reads more about an error or a finding, as one line: in the terminal, without a network, or at the address of its page.
 *
 * @param page in `docs/`; left out: that of an error.
 */
export function moreAbout(code: string, page = `errors/${code}.md`): string {
  return `More: \`refit explain ${code}\`, or ${docsPage(page)}`;
}

/** The address of a page in `docs/`, such as `errors/shallow-clone.md`. */
export function docsPage(path: string): string {
  return `${docs}/${path}`;
}
