import type { RowRanges } from "../../ports/sources.ts";
import type { FileHead } from "./file-head.ts";
import type { Session } from "./session.ts";

/** As many ranges are written into the statement itself. */
const mostWritten = 20;
const onlyTable = "refit_only_rows";

/** Puts down which rows of which files are wanted, where they are many pieces. */
export async function noteOnlyRows(session: Session, heads: readonly FileHead[]): Promise<void> {
  const scattered = [...heads.entries()].filter(([, { only }]) => only !== undefined && only.length > mostWritten);
  if (scattered.length === 0) return;
  await session.run(`CREATE TEMP TABLE ${onlyTable}_ranges (file INTEGER, first INTEGER, last INTEGER)`);
  for (const [file, { only }] of scattered) {
    const columns = [only!.map(() => file), only!.map(([first]) => first), only!.map(([, last]) => last)];
    await session.append(`${onlyTable}_ranges`, columns);
  }
  await session.run(
    `CREATE TEMP TABLE ${onlyTable} AS SELECT file, unnest(range(first, last + 1)) AS number FROM ${onlyTable}_ranges`,
  );
}

/** SQL condition on `number` for the rows of a file that are wanted; `null`: all are. */
export function onlyRowsSql(file: number, only: RowRanges | undefined): string | null {
  if (only === undefined) return null;
  if (only.length > mostWritten) return `number IN (SELECT number FROM ${onlyTable} WHERE file = ${file})`;
  return only.map(([first, last]) => `number BETWEEN ${first} AND ${last}`).join(" OR ") || "false";
}
