import { cell, codeSpan, escapeMarkdown, table } from "./markdown.ts";
import { ifWords, renderText, type Piece, type Text } from "./text.ts";
import type { Block, Details, Headline, Report, Section } from "./section.ts";

/** Where a picture is to be found, seen from where the page is; `null`: nowhere, so it is not shown. */
export type ChartPlace = (file: string) => string | null;

const besideThePage: ChartPlace = (file) => file;

/** How values are written for a certain reader. */
export interface ValueStyle {
  /** A value from data or from people, made safe. */
  readonly value: (words: string) => string;
}

/** How a page is written that a certain reader shows. */
interface MarkdownStyle extends ValueStyle {
  readonly chartAt: ChartPlace;
}

/** On GitHub nothing in a value becomes a link or a mention, which takes entities. */
export const onGitHub: ValueStyle = { value: cell };
/** A page that people open in an editor, too, has none. */
export const asText: ValueStyle = { value: codeSpan };

/** The whole report as GitHub's Markdown. */
export function markdownReport(report: Report, chartAt: ChartPlace = besideThePage): string {
  return wholePage(report, { ...onGitHub, chartAt });
}

/** The same for a file on this machine, which reads as text. */
export function plainMarkdownReport(report: Report, chartAt: ChartPlace = besideThePage): string {
  return wholePage(report, { ...asText, chartAt });
}

function wholePage({ headline, sections }: Report, style: MarkdownStyle): string {
  return pageOf([headlineIn(style, headline), ...sections.map((section) => sectionIn(style, section))]);
}

/** Parts of a page, an empty line between them; an empty part is none. */
export function pageOf(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

export function markdownHeadline(headline: Headline): string {
  return headlineIn({ ...onGitHub, chartAt: besideThePage }, headline);
}

function headlineIn(style: MarkdownStyle, { verdict, number, reason, objections }: Headline): string {
  const lines = [verdict, number, reason].flatMap((line) => (line === null ? [] : [markdownText(line, style)]));
  // Two blanks: the lines stay lines in a file too, not only in a comment.
  return [lines.join("  \n"), ...objections.map((objection) => `- ${markdownText(objection, style)}`)].join("\n");
}

export function markdownSection(section: Section, chartAt: ChartPlace = besideThePage): string {
  return sectionIn({ ...onGitHub, chartAt }, section);
}

/** The same for a file on this machine. */
export function plainMarkdownSection(section: Section): string {
  return sectionIn({ ...asText, chartAt: besideThePage }, section);
}

function sectionIn(style: MarkdownStyle, { title, body }: Section): string {
  const blocks = blocksIn(style, body);
  return title === null ? blocks : [`### ${title}`, ...(blocks === "" ? [] : [blocks])].join("\n");
}

function blocksIn(style: MarkdownStyle, blocks: readonly (Block | Details)[]): string {
  const parts = blocks.map((block) => blockIn(style, block));
  return parts.filter((part) => part !== "").join("\n\n");
}

function blockIn(style: MarkdownStyle, block: Block | Details): string {
  const shown = (words: Text) => markdownText(words, style);
  switch (block.kind) {
    case "paragraph":
      return shown(block.text);
    case "list":
      return block.items.map((item) => `- ${shown(item)}`).join("\n");
    case "table":
      return table(
        block.head.map(shown),
        block.rows.map((cells) => cells.map(shown)),
      );
    case "notice":
      return block.lines.map((line) => `> - ${shown(line)}`).join("\n");
    case "chart":
      return image(block, style.chartAt(block.file));
    case "details":
      return detailsIn(style, block);
    default:
      return ""; // of a newer refit
  }
}

/** Nothing to open where all that is in it are pictures that are not shown. */
function detailsIn(style: MarkdownStyle, { summary, blocks }: Details): string {
  const inside = blocksIn(style, blocks);
  if (inside === "") return "";
  return `<details><summary>${markdownText(summary, style)}</summary>\n\n${inside}\n\n</details>`;
}

function image({ words }: Extract<Block, { kind: "chart" }>, place: string | null): string {
  return place === null
    ? ""
    : `![${renderText(words, (piece) => ifWords(piece, (text) => escapeMarkdown(text, 40)) ?? " ")}](${place})`;
}

/** A sentence as Markdown in which data stand for themselves. */
export function markdownText(sentence: Text, { value }: ValueStyle = onGitHub): string {
  return renderText(sentence, (piece) => pieceIn(value, piece));
}

function pieceIn(value: MarkdownStyle["value"], piece: Exclude<Piece, string>): string {
  switch (piece.kind) {
    case "data":
    case "sentence":
      return value(piece.text);
    case "code":
      return `\`${piece.text}\``;
    case "strong":
      return `**${piece.text}**`;
    case "break":
      return "<br>";
    default:
      return ifWords(piece, value) ?? ""; // of a newer refit
  }
}
