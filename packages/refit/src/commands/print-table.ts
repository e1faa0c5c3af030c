import { type TableColumn, terminalTable, wrapped } from "@refit/core/report";
import type { Output } from "../ports/output.ts";

/**
 * Prints a table as wide as the terminal is, and says what found no place.
 *
 * @param below sentences under a row, by its index.
 */
export function printTable(
  out: Output,
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  below: (row: number) => readonly string[] = () => [],
): void {
  const { lines, hidden } = terminalTable(columns, rows, out.width ?? null);
  for (const [i, line] of lines.entries()) {
    out.print(line);
    if (i > 0) for (const each of below(i - 1)) printSentence(out, each, "  ");
  }
  if (hidden.length > 0) out.notice(`This terminal is too narrow to show: ${hidden.join(", ")}.`);
}

/** Prints a sentence as lines as wide as the terminal is. */
export function printSentence(out: Output, text: string, indent = ""): void {
  const lines = out.width === undefined ? [indent + text] : wrapped(text, out.width, indent, "  ");
  for (const line of lines) out.print(line);
}
