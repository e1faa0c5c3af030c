import type { TextFile } from "./repository.ts";

/** A fenced block of a Markdown page. */
export interface CodeBlock {
  /** What stands behind the fence, such as `yaml`. */
  readonly language: string;
  readonly text: string;
}

export function codeBlocksIn({ text }: TextFile): readonly CodeBlock[] {
  return [...text.matchAll(/^( *)```([^\n`]*)\n([^]*?)^\1```$/gm)].map(([, indent, language, code]) => ({
    language: language!,
    text: code!.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
}

/** How a block is listed: its language, and its first line. */
export const titleOf = ({ language, text }: CodeBlock): string => `${language}: ${text.split("\n")[0]!.trim()}`;

const shells = new Set(["sh", "bash", "console", "sh turbo", "sh moon", "sh look", "sh change", "sh train"]);

/**
 * Lines by which a page has somebody start refit: in shell blocks, and in code spans. Each begins with the
 * command's name; what follows a comment, a pipe or a redirection is cut off.
 */
export function typedLinesIn(page: TextFile): readonly string[] {
  const blocks = codeBlocksIn(page).filter(({ language }) => shells.has(language));
  const prose = page.text.replaceAll(/^( *)```[^]*?^\1```$/gm, "");
  const spans = [...prose.matchAll(/`(refit [^`\n]+)`/g)].map(([, span]) => span!.replaceAll(/<[^<>]*>/g, "X"));
  const lines = [...blocks.flatMap(({ text }) => text.replaceAll(/(?:^|\s)#.*$/gm, "").split("\n")), ...spans];
  return lines.flatMap((line) =>
    [...line.matchAll(/(?:^|[\s$(;&"])refit ([a-z][a-z-]*(?: +[^#|><;&)\n]+)?)/g)].map(([, words]) => words!.trim()),
  );
}
