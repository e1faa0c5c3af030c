/** refit's own repository, which tools/scripts/set-home.mjs writes everywhere; a structure test compares it with the packages. */
const home = "https://github.com/OWNER/refit";

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
  return `${home}/blob/main/docs/${path}`;
}

/** The address of a file of refit's own repository, for a program that reads it. @param ref branch or tag. */
export function repositoryFile(path: string, ref: string): string {
  return `${home}/raw/${ref}/${path}`;
}
