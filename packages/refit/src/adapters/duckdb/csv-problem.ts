import { finding, type Finding } from "@refit/core/data";
import { quoted } from "@refit/core/errors";

import { csvRecords, type CsvRecord } from "./csv-records.ts";
import type { FileHead } from "./file-head.ts";
import { fileText } from "./file-text.ts";
import { notAHeader, commentMark } from "./not-a-header.ts";
import { notUtf8, unreadable } from "./unreadable.ts";

/** How wide the records are, of which the first one was taken for the header. */
interface Widths {
  header: CsvRecord | null;
  ragged: number;
  first: CsvRecord | null;
  /** By number of fields: records that are not comments, and the first of them. */
  readonly others: Map<number, { count: number; line: number }>;
}

/**
 * Finds out what DuckDB stumbled over. Its own message would quote the row, which may hold sensitive values.
 *
 * @param message DuckDB's, only to choose among what may be wrong.
 */
export async function csvProblem(head: FileHead, message: string): Promise<Finding> {
  const widths: Widths = { header: null, ragged: 0, first: null, others: new Map() };
  for await (const record of csvRecords(fileText(head.localPath), head.delimiter)) {
    const { line, fields, unterminated } = record;
    if (fields.some((field) => field.includes("\uFFFD")) && /unicode|utf/i.test(message))
      return notUtf8(head.path, line);
    if (unterminated) {
      const words = `${quoted(head.path)}: a quote that opens in the record of line ${line} never closes.`;
      return finding("unreadable-file", { file: head.path, line }, words);
    }
    noteWidth(widths, head, record);
  }
  return widths.first === null ? otherProblem(head, message) : raggedRows(head, widths, widths.first);
}

function noteWidth(widths: Widths, { columns }: FileHead, record: CsvRecord): void {
  widths.header ??= record;
  const { line, fields } = record;
  // An empty last field too many is a trailing separator, which is read without complaint.
  const width = fields.length === columns.length + 1 && fields.at(-1) === "" ? fields.length - 1 : fields.length;
  if (width === 1 && fields[0] === "") return;
  if (record !== widths.header && commentMark(fields[0]!) === null) {
    const other = widths.others.get(width) ?? { count: 0, line };
    other.count++;
    widths.others.set(width, other);
  }
  if (width === columns.length) return;
  widths.ragged++;
  widths.first ??= record;
}

function raggedRows({ path: file, columns, delimiter }: FileHead, widths: Widths, first: CsvRecord): Finding {
  const { header, ragged: count, others } = widths;
  const [usual] = [...others].toSorted(([, a], [, b]) => b.count - a.count);
  if (header !== null && usual !== undefined && usual[0] !== columns.length) {
    const [width, { line }] = usual;
    if (width === columns.length - 1 && header.fields.at(-1) === "") {
      const separator = delimiter === "\t" ? "\\t" : delimiter;
      const words = `${quoted(file)}: the header in line ${header.line} ends with a separator ("${separator}"), and the rows do not. Remove it.`;
      return finding("ragged-row", { file, line: header.line, count }, words);
    }
    const words = notAHeader(header, { width, line });
    if (words !== null) return finding("ragged-row", { file, line: header.line, count }, `${quoted(file)}: ${words}`);
  }
  const rows = count === 1 ? "1 row has" : `${count} rows have`;
  const mark = commentMark(first.fields[0]!);
  const comment =
    mark === null
      ? ""
      : ` A CSV file has no comments, and line ${first.line} begins with "${mark}", as a comment does. Remove such lines.`;
  const words =
    `${quoted(file)}: ${rows} more or fewer fields than the header (${columns.length}), ` +
    `first in line ${first.line} (${first.fields.length}).${comment}`;
  return finding("ragged-row", { file, line: first.line, count }, words);
}

function otherProblem(head: FileHead, message: string): Finding {
  if (message.includes("Maximum line size")) return unreadable(head.path, "CSV: a row is longer than 8 MiB");
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  const where = line === undefined ? "" : `: something is wrong with the quotes near record ${line}`;
  return unreadable(head.path, `CSV${where}`);
}
