import type { Finding } from "@refit/core/data";
import { columnNameKey } from "@refit/core/spec";

import type { FetchedFile } from "../../ports/sources.ts";
import { csvRecords, findDelimiter } from "./csv-records.ts";
import type { FileHead } from "./file-head.ts";
import { fileText, maxRecordBytes } from "./file-text.ts";
import { literal } from "./sql-text.ts";
import { titleAbove } from "./not-a-header.ts";
import { notUtf8, unreadable } from "./unreadable.ts";

/** Never a value of a real file, so that an empty field stays an empty text until `missingValues` decides. */
const noNull = "\u0001refit\u0002";

/** The columns of a CSV file, from its header. */
export async function csvHead(file: FetchedFile, localPath: string): Promise<FileHead | Finding> {
  const lines = await firstLines(localPath);
  const [header] = lines as [string];
  if (header.trim() === "") return unreadable(file.path, "CSV: its first line is empty");
  if (header.includes("\uFFFD")) return notUtf8(file.path, 1);
  const delimiter = file.delimiter ?? findDelimiter(header);
  const title = file.delimiter === null ? titleAbove(file.path, lines, silentSeparators) : null;
  if (title !== null) return title;
  const columns = await headerNames(localPath, delimiter);
  const types = columns.map(() => null);
  const relation = csvRelation(localPath, delimiter, columns.length);
  return { path: file.path, format: "csv", localPath, delimiter, columns, types, exact: types, relation };
}

/** Nothing is left for DuckDB to guess, skip or repair. @param hasHeader whether its first line is one. */
export function csvRelation(localPath: string, delimiter: string, columns: number, hasHeader = true): string {
  const names = Array.from({ length: columns }, (_, i) => `'c${i}': 'VARCHAR'`).join(", ");
  return (
    `read_csv(${literal(localPath)}, auto_detect = false, header = ${hasHeader}, delim = ${literal(delimiter)}, ` +
    `quote = '"', escape = '"', nullstr = ${literal(noNull)}, compression = 'none', ` +
    `max_line_size = ${maxRecordBytes}, buffer_size = ${2 * maxRecordBytes}, columns = {${names}})`
  );
}

async function headerNames(localPath: string, delimiter: string): Promise<string[]> {
  for await (const { fields } of csvRecords(fileText(localPath), delimiter, maxRecordBytes)) {
    return fields.map((name, i) => (columnNameKey(name) === "" ? `column${i + 1}` : name));
  }
  return [];
}

/** What may stand in rows below a header without it: a file of one column would have them in its texts. */
const silentSeparators = [";", "\t", "|"];
const looked = 1 << 16;

/** The lines that a file begins with, the first of them whole; at least that one. */
async function firstLines(localPath: string): Promise<string[]> {
  let text = "";
  for await (const piece of fileText(localPath)) {
    text += piece;
    if (text.length > looked && (/[\r\n]/.test(text) || text.length > maxRecordBytes)) break;
  }
  return text.split(/\r\n?|\n/);
}
