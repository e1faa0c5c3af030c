import { csvRecords } from "./csv-records.ts";
import type { FileHead } from "./file-head.ts";
import { fileText, textLines } from "./file-text.ts";

/**
 * Lines (from 1) on which rows (from 1) of a file begin. Only read when there is something to point at.
 *
 * Quoted line breaks and empty lines make the two differ. Parquet has rows but no lines: the map stays empty.
 */
export async function linesOfRows(head: FileHead, rows: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const lines = new Map<number, number>();
  const last = Math.max(0, ...rows);
  if (last === 0 || head.format === "parquet") return lines;
  const wanted = new Set(rows);
  let row = 0;
  for await (const line of rowStarts(head)) {
    row++;
    if (wanted.has(row)) lines.set(row, line);
    if (row >= last) break;
  }
  return lines;
}

async function* rowStarts(head: FileHead): AsyncGenerator<number> {
  if (head.format === "csv") {
    let header = true;
    for await (const { line, fields } of csvRecords(fileText(head.localPath), head.delimiter)) {
      if (!header && (fields.length > 1 || fields[0] !== "")) yield line;
      header = false;
    }
    return;
  }
  let line = 0;
  for await (const text of textLines(fileText(head.localPath))) {
    line++;
    if (text.trim() !== "") yield line;
  }
}

export function lineWords(line: number | undefined, row: number): string {
  return line === undefined ? `row ${row}` : `line ${line}`;
}
