import { cell, escapeMarkdown, table } from "./markdown.ts";
import { ifWords, renderText, type Piece, type Text } from "./text.ts";
import type { Block, Details, Headline, Report, Section } from "./section.ts";

/** Where a picture is to be found, seen from where the page is; `null`: nowhere, so it is not shown. */
export type ChartPlace = (file: string) => string | null;

const besideThePage: ChartPlace = (file) => file;

/** The whole report as GitHub's Markdown. */
export function markdownReport(report: Report, chartAt: ChartPlace = besideThePage): string {
  return pageOf([markdownHeadline(report.headline), ...report.sections.map((one) => markdownSection(one, chartAt))]);
}

/** Parts of a page, an empty line between them; an empty part is none. */
export function pageOf(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

export function markdownHeadline({ verdict, number, reason, objections }: Headline): string {
  const lines = [verdict, number, reason].flatMap((line) => (line === null ? [] : [markdownText(line)]));
  // Two blanks: the lines stay lines in a file too, not only in a comment.
  return [lines.join("  \n"), ...objections.map((objection) => `- ${markdownText(objection)}`)].join("\n");
}

export function markdownSection({ title, body }: Section, chartAt: ChartPlace = besideThePage): string {
  const blocks = markdownBlocks(body, chartAt);
  return title === null ? blocks : [`### ${title}`, ...(blocks === "" ? [] : [blocks])].join("\n");
}

function markdownBlocks(blocks: readonly (Block | Details)[], chartAt: ChartPlace): string {
  const parts = blocks.map((block) => markdownBlock(block, chartAt));
  return parts.filter((part) => part !== "").join("\n\n");
}

function markdownBlock(block: Block | Details, chartAt: ChartPlace): string {
  switch (block.kind) {
    case "paragraph":
      return markdownText(block.text);
    case "list":
      return block.items.map((item) => `- ${markdownText(item)}`).join("\n");
    case "table":
      return table(
        block.head.map(markdownText),
        block.rows.map((cells) => cells.map(markdownText)),
      );
    case "notice":
      return block.lines.map((line) => `> ${markdownText(line)}`).join("\n");
    case "chart":
      return image(block, chartAt(block.file));
    case "details":
      return `<details><summary>${markdownText(block.summary)}</summary>\n\n${markdownBlocks(block.blocks, chartAt)}\n\n</details>`;
    default:
      return ""; // of a newer refit
  }
}

function image({ words }: Extract<Block, { kind: "chart" }>, place: string | null): string {
  return place === null
    ? ""
    : `![${renderText(words, (piece) => ifWords(piece, (text) => escapeMarkdown(text, 40)) ?? " ")}](${place})`;
}

/** A sentence as Markdown in which data stand for themselves. */
export function markdownText(sentence: Text): string {
  return renderText(sentence, markdownPiece);
}

function markdownPiece(piece: Exclude<Piece, string>): string {
  switch (piece.kind) {
    case "data":
      return cell(piece.text);
    case "code":
      return `\`${piece.text}\``;
    case "strong":
      return `**${piece.text}**`;
    case "break":
      return "<br>";
    default:
      return ifWords(piece, cell) ?? ""; // of a newer refit
  }
}
