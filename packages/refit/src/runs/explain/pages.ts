declare global {
  interface ImportMeta {
    /** Of the bundler: the files are put into the program, so that they are read without a network. */
    glob(patterns: readonly string[], options: object): Readonly<Record<string, string>>;
  }
}

/** Pages of `docs/` with the words that refit prints, by file name. */
export const pages: Readonly<Record<string, string>> = byName(
  import.meta.glob(
    [
      "../../../../../docs/errors/*.md",
      "../../../../../docs/glossary.md",
      "../../../../../docs/words-of-reports.md",
      "../../../../../docs/reference/findings.md",
    ],
    { query: "?raw", import: "default", eager: true },
  ),
);

function byName(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [file.replace(/^.*\/docs\//, ""), text]));
}
