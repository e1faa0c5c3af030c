import { randomUUID } from "node:crypto";
import path from "node:path";

import { finding, type Finding } from "@refit/core/data";
import { DataLimitError, quoted } from "@refit/core/errors";

import { csvRecords } from "./csv-records.ts";
import { csvRelation } from "./csv-head.ts";
import { jsonlProblem } from "./read-head.ts";
import type { FileHead } from "./file-head.ts";
import { evenLineEnds, fileText } from "./file-text.ts";
import type { Session } from "./session.ts";
import { notUtf8, unreadable } from "./unreadable.ts";

/** A file that has been read once, so that no later reading can fail on its form. */
export interface ReadFile {
  readonly head: FileHead;
  readonly rows: number;
}

/**
 * Reads every field of a file once, so that whatever is wrong with its form shows here and nowhere later.
 *
 * CSV whose lines end now in CR LF, now in LF, as appending tools leave it, is read from a copy with LF alone, since
 * DuckDB refuses the mixture. The same where a name of the header has a line break, as spreadsheets write it: DuckDB
 * takes that one for the end of a line, and may find no rows.
 *
 * @returns the file, or the finding that says why it cannot be read.
 */
export async function readRows(session: Session, head: FileHead, scratch: string): Promise<ReadFile | Finding> {
  if (head.format === "csv" && head.columns.some((name) => /[\r\n]/.test(name)))
    return readEvened(session, head, scratch);
  const counted = await countRows(session, head);
  if (typeof counted === "number") return counted > 0 ? { head, rows: counted } : headerOnly(head);
  if (head.format === "parquet") return unreadable(head.path, "Parquet");
  if (head.format === "jsonl") return jsonlProblem(head.path, head.localPath);
  return counted.includes("state machine") ? readEvened(session, head, scratch) : csvProblem(head, counted);
}

/** Lines are still counted in the file itself. */
async function readEvened(session: Session, head: FileHead, scratch: string): Promise<ReadFile | Finding> {
  const copy = path.join(scratch, `${randomUUID()}.csv`);
  await evenLineEnds(head.localPath, copy);
  const even = { ...head, relation: csvRelation(copy, head.delimiter, head.columns.length) };
  const counted = await countRows(session, even);
  if (typeof counted !== "number") return csvProblem(even, counted);
  return counted > 0 ? { head: even, rows: counted } : headerOnly(head);
}

/** @returns the number of rows, or DuckDB's message. */
async function countRows(session: Session, { columns, relation }: FileHead): Promise<number | string> {
  const fields = columns.map((_, i) => `count(c${i})`);
  try {
    const [counts] = await session.rows(`SELECT count(*), ${fields.join(", ")} FROM ${relation}`);
    return Number(counts![0]);
  } catch (error) {
    if (error instanceof DataLimitError) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

function headerOnly({ path: file, format }: FileHead): Finding {
  const message = `${quoted(file)} has ${format === "csv" ? "a header but " : ""}no rows.`;
  return finding("header-only", { file }, message);
}

/**
 * Finds out what DuckDB stumbled over. Its own message would quote the row, which may hold sensitive values.
 *
 * @param message DuckDB's, only to choose among what may be wrong.
 */
async function csvProblem(head: FileHead, message: string): Promise<Finding> {
  const place = { file: head.path };
  const name = quoted(head.path);
  let ragged = 0;
  let first: { line: number; fields: number } | null = null;
  for await (const { line, fields, unterminated } of csvRecords(fileText(head.localPath), head.delimiter)) {
    if (fields.some((field) => field.includes("\uFFFD")) && /unicode|utf/i.test(message))
      return notUtf8(head.path, line);
    if (unterminated) {
      return finding(
        "unreadable-file",
        { ...place, line },
        `${name}: a quote that opens in the record of line ${line} never closes.`,
      );
    }
    // An empty last field too many is a trailing separator, which is read without complaint.
    const width = fields.length === head.columns.length + 1 && fields.at(-1) === "" ? fields.length - 1 : fields.length;
    if (width === head.columns.length || (width === 1 && fields[0] === "")) continue;
    ragged++;
    first ??= { line, fields: width };
  }
  if (first !== null) {
    const rows = ragged === 1 ? "1 row has" : `${ragged} rows have`;
    const sentence =
      `${name}: ${rows} more or fewer fields than the header (${head.columns.length}), ` +
      `first in line ${first.line} (${first.fields}).`;
    return finding("ragged-row", { ...place, line: first.line, count: ragged }, sentence);
  }
  return otherProblem(head, message);
}

function otherProblem(head: FileHead, message: string): Finding {
  if (message.includes("Maximum line size")) return unreadable(head.path, "CSV: a row is longer than 8 MiB");
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  const where = line === undefined ? "" : `: something is wrong with the quotes near record ${line}`;
  return unreadable(head.path, `CSV${where}`);
}
