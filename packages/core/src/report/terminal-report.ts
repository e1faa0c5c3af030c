import type { Block, Details, Report, Section } from "./section.ts";
import { columns } from "./terminal-table.ts";
import { terminalText } from "./terminal-text.ts";

/** The whole report as lines for a terminal. Pictures are left out: the tables have their numbers. */
export function terminalReport({ headline, sections }: Report): string[] {
  const { verdict, number, reason, objections } = headline;
  return [
    ...[verdict, number, reason].flatMap((line) => (line === null ? [] : [terminalText(line)])),
    ...objections.map((objection) => `- ${terminalText(objection)}`),
    ...sections.flatMap((section) => ["", ...sectionLines(section)]),
  ];
}

function sectionLines({ title, body }: Section): string[] {
  const lines = blocksLines(body);
  return title === null ? lines : [title, ...indented(lines)];
}

function blocksLines(blocks: readonly (Block | Details)[]): string[] {
  const parts = blocks.map(blockLines).filter((lines) => lines.length > 0);
  return parts.flatMap((lines, i) => (i === 0 ? lines : ["", ...lines]));
}

function blockLines(block: Block | Details): string[] {
  switch (block.kind) {
    case "paragraph":
      return [terminalText(block.text)];
    case "list":
      return block.items.map((item) => `- ${terminalText(item)}`);
    case "table":
      return columns([block.head, ...block.rows].map((cells) => cells.map(terminalText)));
    case "notice":
      return block.lines.map((line) => `! ${terminalText(line)}`);
    case "details":
      return [`${terminalText(block.summary)}:`, ...indented(blocksLines(block.blocks))];
    default:
      return []; // a chart, or of a newer refit
  }
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? "" : `  ${line}`));
}
