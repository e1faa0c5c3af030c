import { finding, quoted, type Finding } from "@refit/core";

import { csvRecords } from "./csv-records.ts";
import { jsonlProblem, notUtf8, unreadable, type FileHead } from "./file-head.ts";
import { fileText } from "./file-text.ts";
import type { Session } from "./session.ts";

/**
 * Reads every field of a file once, so that whatever is wrong with its form shows here and nowhere later.
 *
 * @returns the number of rows, or the finding that says why they cannot be read.
 */
export async function readRows(session: Session, head: FileHead): Promise<number | Finding> {
  const fields = head.columns.map((_, i) => `count(c${i})`);
  let rows: number;
  try {
    const [counts] = await session.rows(`SELECT count(*), ${fields.join(", ")} FROM ${head.relation}`);
    rows = Number(counts![0]);
  } catch (error) {
    if (head.format === "parquet") return unreadable(head.path, "Parquet");
    if (head.format === "jsonl") return jsonlProblem(head.path, head.localPath);
    return csvProblem(head, error instanceof Error ? error.message : "");
  }
  if (rows > 0) return rows;
  return finding(
    "header-only",
    { file: head.path },
    `${quoted(head.path)} has ${head.format === "csv" ? "a header but " : ""}no rows.`,
  );
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
      `${name}: ${rows} another number of fields than the header (${head.columns.length}), ` +
      `first in line ${first.line} (${first.fields}).`;
    return finding("ragged-row", { ...place, line: first.line }, sentence);
  }
  return otherProblem(head, message);
}

function otherProblem(head: FileHead, message: string): Finding {
  if (message.includes("state machine")) return unreadable(head.path, "CSV: its line ends are mixed (CR LF and LF)");
  if (message.includes("Maximum line size")) return unreadable(head.path, "CSV: a row is longer than 8 MiB");
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  const where = line === undefined ? "" : `: something is wrong with the quotes near record ${line}`;
  return unreadable(head.path, `CSV${where}`);
}
