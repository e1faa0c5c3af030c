import type { Finding } from "@refit/core/data";
import { columnNameKey } from "@refit/core/spec";

import type { FetchedFile } from "../../ports/sources.ts";
import { csvRecords, findDelimiter } from "./csv-records.ts";
import type { FileHead } from "./file-head.ts";
import { fileText, maxRecordBytes } from "./file-text.ts";
import { literal } from "./sql-text.ts";
import { notUtf8, unreadable } from "./unreadable.ts";

/** Never a value of a real file, so that an empty field stays an empty text until `missingValues` decides. */
const noNull = "\u0001refit\u0002";

/** The columns of a CSV file, from its header. */
export async function csvHead(file: FetchedFile, localPath: string): Promise<FileHead | Finding> {
  const header = await firstLine(localPath);
  if (header.trim() === "") return unreadable(file.path, "CSV: its first line is empty");
  if (header.includes("\uFFFD")) return notUtf8(file.path, 1);
  const delimiter = file.delimiter ?? findDelimiter(header);
  const columns = await headerNames(localPath, delimiter);
  const types = columns.map(() => null);
  const relation = csvRelation(localPath, delimiter, columns.length);
  return { path: file.path, format: "csv", localPath, delimiter, columns, types, relation };
}

/** Nothing is left for DuckDB to guess, skip or repair. */
export function csvRelation(localPath: string, delimiter: string, columns: number): string {
  const names = Array.from({ length: columns }, (_, i) => `'c${i}': 'VARCHAR'`).join(", ");
  return (
    `read_csv(${literal(localPath)}, auto_detect = false, header = true, delim = ${literal(delimiter)}, ` +
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

async function firstLine(localPath: string): Promise<string> {
  let header = "";
  for await (const piece of fileText(localPath)) {
    header += piece;
    const end = header.search(/[\r\n]/);
    if (end >= 0) return header.slice(0, end);
    if (header.length > maxRecordBytes) break;
  }
  return header;
}
