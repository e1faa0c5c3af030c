import type { NewestLines, NewestLinesRequest } from "../../../ports/prediction-logs.ts";
import type { Session } from "../session.ts";
import { literals } from "../sql-text.ts";
import { layLines, logLines } from "./lay-lines.ts";

const rows = "refit_log_part";
const newest = "refit_log_newest";

/** The few columns beside the texts say which lines they are, so that only these texts are read. */
export async function newestLines(session: Session, request: NewestLinesRequest): Promise<NewestLines> {
  const { model, files, days, most } = request;
  const named = files.map((file) => ({ ...file, sha256: file.localPath }));
  await layLines(session, { model, files: named });
  const columns = "id64, answered, problem, line";
  const compacted = `SELECT ${columns} FROM read_parquet([${literals(days)}])`;
  const all = [`SELECT ${columns} FROM ${logLines}`, ...(days.length === 0 ? [] : [compacted])];
  await session.run(`CREATE OR REPLACE TEMP VIEW ${rows} AS ${all.join(" UNION ALL ")}`);
  const found = await session.onAllThreads(async () => ({
    lines: await textsOf(session, most),
    damaged: await countOf(session, `SELECT count(*) FROM ${rows} WHERE problem IS NOT NULL`),
    repeated: await countRepeated(session),
  }));
  await session.run(`DROP VIEW ${rows}; DROP TABLE ${newest}; DROP TABLE ${logLines}`);
  return found;
}

/** Of lines with one id the newest, of those of one instant the least text. */
async function textsOf(session: Session, most: number): Promise<readonly string[]> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${newest} AS WITH each AS (SELECT id64, max(answered) AS answered FROM ${rows} ` +
      `WHERE problem IS NULL GROUP BY id64) SELECT id64, answered FROM each ` +
      `WHERE answered >= (SELECT min(answered) FROM (SELECT answered FROM each ORDER BY answered DESC LIMIT ${most}))`,
  );
  const found = await session.rows(
    `SELECT min(line) FROM ${rows} JOIN ${newest} USING (id64, answered) WHERE problem IS NULL GROUP BY id64`,
  );
  return found.map(([line]) => line as string);
}

/** A line that stands in several files is one. */
async function countRepeated(session: Session): Promise<number> {
  const twice = `SELECT id64 FROM ${rows} WHERE problem IS NULL GROUP BY id64 HAVING count(*) > 1`;
  if ((await session.rows(`${twice} LIMIT 1`)).length === 0) return 0;
  return countOf(
    session,
    `SELECT count(*) - count(DISTINCT id64) FROM (SELECT DISTINCT id64, line FROM ${rows} WHERE problem IS NULL AND id64 IN (${twice}))`,
  );
}

const countOf = async (session: Session, sql: string): Promise<number> => Number((await session.rows(sql))[0]![0]);
