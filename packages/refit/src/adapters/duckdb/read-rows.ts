import { randomUUID } from "node:crypto";
import path from "node:path";

import { finding, type Finding } from "@refit/core/data";
import { DataLimitError, quoted } from "@refit/core/errors";

import type { OpenRequest } from "../../ports/tables.ts";
import { csvProblem } from "./csv-problem.ts";
import { csvRelation } from "./csv-head.ts";
import { headerAgain, headerAgainSql } from "./header-again.ts";
import { jsonlProblem } from "./read-head.ts";
import type { FileHead } from "./file-head.ts";
import { evenLineEnds } from "./file-text.ts";
import type { Session } from "./session.ts";
import { unreadable } from "./unreadable.ts";

type ReadRequest = Pick<OpenRequest, "scratch" | "manifest">;

/** A file that has been read once, so that no later reading can fail on its form. */
export interface ReadFile {
  readonly head: FileHead;
  readonly rows: number;
  /** What is strange about its rows, though they can be read. */
  readonly findings: readonly Finding[];
}

/** What one look at all fields of a file counts. */
interface CountedRows {
  readonly rows: number;
  /** Of them, those that are the header once more. */
  readonly headers: number;
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
export async function readRows(session: Session, head: FileHead, request: ReadRequest): Promise<ReadFile | Finding> {
  if (head.format === "csv" && head.columns.some((name) => /[\r\n]/.test(name)))
    return readEvened(session, head, request);
  const counted = await countRows(session, head);
  if (typeof counted !== "string") return readFile(session, head, counted, request);
  if (head.format === "parquet") return unreadable(head.path, "Parquet");
  if (head.format === "jsonl") return jsonlProblem(head.path, head.localPath);
  return counted.includes("state machine") ? readEvened(session, head, request) : csvProblem(head, counted);
}

/** Lines are still counted in the file itself. */
async function readEvened(session: Session, head: FileHead, request: ReadRequest): Promise<ReadFile | Finding> {
  const copy = path.join(request.scratch, `${randomUUID()}.csv`);
  await evenLineEnds(head.localPath, copy);
  const even = { ...head, relation: csvRelation(copy, head.delimiter, head.columns.length) };
  const counted = await countRows(session, even);
  return typeof counted === "string" ? csvProblem(even, counted) : readFile(session, even, counted, request);
}

async function readFile(
  session: Session,
  head: FileHead,
  { rows, headers: count }: CountedRows,
  { manifest }: ReadRequest,
): Promise<ReadFile | Finding> {
  if (rows === 0) return headerOnly(head);
  return { head, rows, findings: count === 0 ? [] : [await headerAgain(session, { head, count }, manifest)] };
}

/** @returns DuckDB's message where a field cannot be read. */
async function countRows(session: Session, { columns, relation, format }: FileHead): Promise<CountedRows | string> {
  const isHeader = format === "csv" ? headerAgainSql(columns, (i) => `c${i}`) : null;
  const counts = columns.map((_, i) => `count(c${i})`);
  const headers = isHeader === null ? "0" : `count(*) FILTER (WHERE ${isHeader})`;
  try {
    const [row] = await session.rows(`SELECT count(*), ${headers}, ${counts.join(", ")} FROM ${relation}`);
    return { rows: Number(row![0]), headers: Number(row![1]) };
  } catch (error) {
    if (error instanceof DataLimitError) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

function headerOnly({ path: file, format }: FileHead): Finding {
  const message = `${quoted(file)} has ${format === "csv" ? "a header but " : ""}no rows.`;
  return finding("header-only", { file }, message);
}
