import type { Block, Details, Report, Section } from "./section.ts";
import { fittedColumns } from "./terminal-table.ts";
import { terminalText, wrapped } from "./terminal-text.ts";
import type { Text } from "./text.ts";

/** Columns of the terminal; `null`: as wide as it gets. */
type Width = number | null;

/** The whole report as lines for a terminal. Pictures are left out: the tables have their numbers. @param width of the terminal; `null`: as wide as it gets. */
export function terminalReport({ headline, sections }: Report, width: Width = null): string[] {
  const { verdict, number, reason, objections } = headline;
  return [
    ...[verdict, number, reason].flatMap((line) => (line === null ? [] : prose(line, width))),
    ...objections.flatMap((objection) => prose(objection, width, "- ")),
    ...sections.flatMap((section) => ["", ...terminalSection(section, width)]),
  ];
}

/** One of its sections. */
export function terminalSection({ title, body }: Section, width: Width = null): string[] {
  return title === null ? blocksLines(body, width) : [title, ...indented(blocksLines(body, within(width)))];
}

function blocksLines(blocks: readonly (Block | Details)[], width: Width): string[] {
  const parts = blocks.map((block) => blockLines(block, width)).filter((lines) => lines.length > 0);
  return parts.flatMap((lines, i) => (i === 0 ? lines : ["", ...lines]));
}

function blockLines(block: Block | Details, width: Width): string[] {
  switch (block.kind) {
    case "paragraph":
      return prose(block.text, width);
    case "list":
      return block.items.flatMap((item) => prose(item, width, "- "));
    case "table":
      return fittedColumns(
        block.head.map(terminalText),
        block.rows.map((cells) => cells.map(terminalText)),
        width,
      );
    case "notice":
      return block.lines.flatMap((line) => prose(line, width, "! "));
    case "details":
      return detailsLines(block, width);
    default:
      return []; // a chart, or of a newer refit
  }
}

function detailsLines({ summary, blocks }: Details, width: Width): string[] {
  const inside = indented(blocksLines(blocks, within(width)));
  return inside.length === 0 ? [] : [...broken(`${terminalText(summary)}:`, width), ...inside];
}

function prose(sentence: Text, width: Width, mark = ""): string[] {
  return broken(mark + terminalText(sentence), width, " ".repeat(mark.length));
}

const broken = (line: string, width: Width, hanging = "") =>
  width === null ? [line] : wrapped(line, width, "", hanging);

const indent = "  ";

const within = (width: Width) => width && width - indent.length;

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? "" : indent + line));
}
