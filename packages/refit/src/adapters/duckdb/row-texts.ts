import { randomUUID } from "node:crypto";
import path from "node:path";
import { dataLimits } from "@refit/core/spec";
import type { FetchedFile } from "../../ports/sources.ts";
import { readHead } from "./read-head.ts";
import { openSession } from "./session.ts";

/**
 * The distinct texts of some columns of a data file, [column][text], in the order of the columns and sorted; none of a file that cannot be
 * read, which whoever opens it as a table says.
 *
 * @param scratch folder for temporary files.
 */
export async function textsOfColumns(
  file: FetchedFile,
  columns: readonly string[],
  scratch: string,
): Promise<readonly (readonly string[])[]> {
  const none = columns.map(() => []);
  const limits = dataLimits.parse({});
  const folder = path.join(scratch, randomUUID());
  const session = await openSession(folder, limits);
  try {
    const head = await readHead(session, file, { scratch: folder, manifest: { limits } });
    if ("severity" in head) return none;
    const texts: (readonly string[])[] = [];
    for (const column of columns) {
      const position = head.columns.indexOf(column);
      const sql = `SELECT DISTINCT c${position} AS text FROM ${head.relation} WHERE c${position} IS NOT NULL`;
      const found = position < 0 ? [] : await session.rows(sql).catch(() => []);
      texts.push(found.map(([text]) => String(text)).sort());
    }
    return texts;
  } finally {
    await session.close();
  }
}
