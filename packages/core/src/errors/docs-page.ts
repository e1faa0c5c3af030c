/** Where a reader finds the pages of `docs/`; a structure test compares it with the `repository` of the package. */
const docs = "https://github.com/OWNER/refit/blob/main/docs";

/** The address of a page in `docs/`, such as `errors/shallow-clone.md`. */
export function docsPage(path: string): string {
  return `${docs}/${path}`;
}
