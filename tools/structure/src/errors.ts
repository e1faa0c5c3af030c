import type { TextFile } from "./repository.ts";

/** The stable codes of the error classes in a source file. */
export function errorCodesIn({ text }: TextFile): readonly string[] {
  return [...text.matchAll(/^\s*(?:override )?readonly code(?:: string)? = "([^"]+)";/gm)].map(([, code]) => code!);
}

/** Codes without a page, pages without a code, and codes that two classes share, as sentences. */
export function mismatchedPages(codes: readonly string[], pages: readonly string[]): readonly string[] {
  return [
    ...codes.filter((code) => !pages.includes(code)).map((code) => `docs/errors/${code}.md is missing`),
    ...pages.filter((page) => !codes.includes(page)).map((page) => `docs/errors/${page}.md is about no error`),
    ...codes.filter((code, at) => codes.indexOf(code) !== at).map((code) => `two errors have the code ${code}`),
  ];
}
