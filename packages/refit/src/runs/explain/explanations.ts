import type { Explanation } from "@refit/core/answers";
import { docsPage } from "@refit/core/errors";
import { wrapped } from "@refit/core/report";

/**
 * Every word that the pages of `docs/` explain: a page for each error, a row of a table for all others. A word may have several
 * meanings.
 *
 * @param pages Markdown, by path in `docs/`.
 */
export function explanationsIn(pages: Readonly<Record<string, string>>): Explanation[] {
  return Object.entries(pages).flatMap(([page, markdown]) => {
    const code = /^errors\/(.+)\.md$/.exec(page)?.[1];
    return code === undefined ? rowsOf(page, markdown) : [errorPage(code, page, markdown)];
  });
}

function errorPage(word: string, page: string, markdown: string): Explanation {
  const [, ...blocks] = markdown.trim().split(/\n\n+/);
  const text = blocks.flatMap((block) => {
    if (block.startsWith("```"))
      return block
        .split("\n")
        .slice(1, -1)
        .map((line) => `    ${line}`);
    if (/^(?:[-*]|\d+\.) /.test(block)) return block.split(/\n(?=(?:[-*]|\d+\.) )/).map(plainWords);
    if (block.startsWith("|")) return tableRows(block).map((cells) => `- ${cells.map(plainWords).join(": ")}`);
    return [plainWords(block)];
  });
  return { word, kind: "error", text, page: docsPage(page) };
}

/** Rows that begin with a word: `**word**`, several of them, or a finding in backticks behind its anchor. */
function rowsOf(page: string, markdown: string): Explanation[] {
  const kind = page === "glossary.md" ? "term" : page.startsWith("reference/") ? "finding" : "word of reports";
  return tableRows(markdown).flatMap(([first = "", ...cells]) => {
    const finding = /<a id="[^"]+"><\/a>`([^`]+)`/.exec(first)?.[1];
    const words = finding === undefined ? [...first.matchAll(/\*\*([^*]+)\*\*/g)].map(([, word]) => word!) : [finding];
    return words.map((word) => ({
      word,
      kind,
      text: [...textOfRow(kind, cells.map(plainWords)), ...(finding === undefined ? [] : acceptanceIn(finding, cells))],
      page: docsPage(finding === undefined ? page : `${page}#${finding}`),
    }));
  });
}

function textOfRow(kind: Explanation["kind"], cells: readonly string[]): string[] {
  if (kind === "term") return cells.slice(0, 1); // then where it is in the code
  const [severity, meaning, advice] = kind === "finding" ? cells : ["", ...cells];
  return [
    ...(kind === "finding" ? [`${severity}: ${severities[severity as "error"] ?? ""}`.replace(/: $/, "")] : []),
    ...(meaning === undefined ? [] : [meaning]),
    ...(advice === undefined ? [] : [`What to do: ${advice}`]),
  ];
}

/** The page says it once for all of them. */
function acceptanceIn(finding: string, [severity]: readonly string[]): string[] {
  if (severity !== "suspect") return [];
  return [`To accept it: \`refit accept MODEL ${finding} COLUMN --reason "…"\`, and commit the change.`];
}

const severities = {
  error: "it blocks until the data or the manifest are corrected.",
  suspect: "it blocks until the data are corrected or a person accepts it.",
  warning: "it is reported and blocks nothing.",
} as const;

/** Cells of the rows below each heading row. */
function tableRows(markdown: string): string[][] {
  const lines = markdown.split("\n").filter((line) => line.startsWith("|"));
  const isRule = (line: string | undefined) => line !== undefined && /^\|[\s:|-]+\|$/.test(line);
  return lines
    .filter((line, i) => !isRule(line) && !isRule(lines[i + 1]))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

/** As a terminal shows it: names in backticks, and a link as its words. */
function plainWords(markdown: string): string {
  return markdown
    .replace(/<a id="[^"]+"><\/a>/g, "")
    .replace(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replace(/\*\*|(?<!\w)#+ /g, "")
    .replaceAll("\\|", "|")
    .replace(/\s+/g, " ")
    .trim();
}

/** Words by which an explanation is found: case, blanks, hyphens and an address around a code do not matter. */
const bare = (word: string) => word.toLowerCase().replace(/[\s_-]/g, "");

/** All meanings of a word. */
export function explanationsOf(word: string, all: readonly Explanation[]): Explanation[] {
  const wanted = bare(word);
  return all.filter((one) => bare(one.word) === wanted);
}

/** Words that somebody may have meant: some letters are others, or it is part of them. */
export function similarWords(word: string, words: readonly string[], near: string | undefined): string[] {
  const wanted = bare(word);
  const parts = wanted.length < 3 ? [] : words.filter((each) => bare(each).includes(wanted));
  return [...new Set([...(near === undefined ? [] : [near]), ...parts])].slice(0, mostSimilar);
}

const mostSimilar = 8;

/** For a terminal of a width. */
export function explanationLines({ word, kind, text, page }: Explanation, width: number): string[] {
  return [
    `${word} (${kind})`,
    ...text.flatMap((paragraph) => {
      if (paragraph.startsWith("    ")) return [paragraph]; // code
      const mark = /^(?:-|\d+\.) /.exec(paragraph)?.[0] ?? "";
      return wrapped(paragraph, width, "  ", " ".repeat(mark.length));
    }),
    `  ${page}`,
  ];
}
