import type { CompactRequest } from "../../../ports/prediction-logs.ts";
import type { Session } from "../session.ts";
import { literals } from "../sql-text.ts";
import { numberOfDay, rowsOfLines } from "./line-columns.ts";

/** Longest line, in bytes. Room for so much is made for each thread. */
const mostBytes = 16 * 1024 * 1024;
/** Of a file without line breaks, such as one that a crash has filled with zeros: a file of a log is never as large. */
const mostOfFile = 128 * 1024 * 1024;

/** The table of lines that were laid last. */
export const logLines = "refit_log_lines";

/** Reads JSON Lines into a table. A line that is not JSON has no text. */
export async function layLines(
  session: Session,
  { files, model }: Pick<CompactRequest, "files" | "model">,
): Promise<void> {
  const rows = files.map(({ localPath, sha256, day }) => `(${literals([localPath, sha256])}, ${numberOfDay(day)})`);
  const paths = literals(files.map(({ localPath }) => localPath));
  const textsOf = (most: number) =>
    files.length === 0
      ? "(SELECT NULL::VARCHAR AS line, '' AS file, 0 AS file_day LIMIT 0)"
      : "(SELECT t.json::VARCHAR AS line, f.file, f.file_day FROM " +
        `read_ndjson_objects([${paths}], filename = true, ignore_errors = true, maximum_object_size = ${most}) t ` +
        `JOIN (VALUES ${rows.join(", ")}) f(path, file, file_day) ON f.path = t.filename)`;
  const read = (most: number) =>
    session.onAllThreads(() =>
      session.run(`CREATE OR REPLACE TEMP TABLE ${logLines} AS ${rowsOfLines(textsOf(most), model)}`),
    );
  await read(mostBytes).catch((error: unknown) => {
    if (!String(error).includes("maximum_object_size")) throw error;
    return read(mostOfFile);
  });
}
