import { createHash } from "node:crypto";
import path from "node:path";
import type { CompactedLines, CompactRequest, DayOfLines } from "../../../ports/prediction-logs.ts";
import type { Session } from "../session.ts";
import { factsOfParquet, writeParquet } from "./write-parquet.ts";
import { literal } from "../sql-text.ts";
import { layLines, logLines } from "./lay-lines.ts";
import { lineColumns, numberOfDay } from "./line-columns.ts";

const columns = lineColumns.join(", ");

/** Writes the lines of files by day. What is in a file is the same as a set only: threads may write rows in any order. */
export async function compactLines(session: Session, request: CompactRequest): Promise<CompactedLines> {
  const { files, days } = request;
  await layLines(session, request);
  const [counted] = await session.rows(`SELECT count(*) FROM ${logLines} WHERE line IS NULL`);
  const found = await session.rows(`SELECT day, list(DISTINCT file) FROM ${logLines} GROUP BY day`);
  const fresh = new Map(found.map(([day, from]) => [textOfDay(Number(day)), from as string[]]));
  // A file without lines is known by the day of its name, so that it goes, too.
  for (const { day, sha256 } of files) fresh.set(day, [...(fresh.get(day) ?? []), sha256]);
  for (const { day } of days) if (!fresh.has(day)) fresh.set(day, []);
  const written: DayOfLines[] = [];
  for (const [day, digests] of [...fresh].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = days.filter((one) => one.day === day);
    const names = [...new Set([...digests, ...before.flatMap((one) => one.files)])].sort();
    written.push(await writeDay(session, request, { day, files: names, before }));
  }
  await session.run(`DROP TABLE ${logLines}`);
  return { days: written, lost: Number(counted![0]) };
}

const textOfDay = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);

interface DayToWrite {
  readonly day: string;
  readonly files: readonly string[];
  readonly before: readonly DayOfLines[];
}

/** To a name of its own, and then to its name: who is killed in between leaves a file that nobody reads. */
async function writeDay(session: Session, { folder }: CompactRequest, written: DayToWrite): Promise<DayOfLines> {
  const { day, files, before } = written;
  const own = `SELECT ${columns} FROM ${logLines} WHERE day = ${numberOfDay(day)} AND line IS NOT NULL`;
  const old = before.map(({ localPath }) => `SELECT ${columns} FROM read_parquet(${literal(localPath)})`);
  await session.run(`CREATE OR REPLACE TEMP VIEW refit_log_day AS ${[own, ...old].join(" UNION ALL ")}`);
  const name = createHash("sha256").update(files.join("\n")).digest("hex").slice(0, 16);
  const localPath = path.join(folder, `${day}-${name}.parquet`);
  return session.onAllThreads(async () => {
    const sql = await eachIdOnce(session);
    const facts = await factsOf(session, written, sql);
    await writeParquet(session, { sql, file: localPath, facts: JSON.stringify(facts) });
    return { ...facts, localPath };
  });
}

/**
 * The same line in several files stays once, as that of the file with the least digest. Of different lines with one id the earliest counts, of
 * those the least text.
 */
async function eachIdOnce(session: Session): Promise<string> {
  const sameLine = "row_number() OVER (PARTITION BY id64, line ORDER BY file) = 1";
  const first = "row_number() OVER (PARTITION BY id64, problem IS NULL ORDER BY answered, line) = 1";
  await session.run(
    "CREATE OR REPLACE TEMP TABLE refit_log_twice AS SELECT id64 FROM refit_log_day GROUP BY id64 HAVING count(*) > 1",
  );
  const [twice] = await session.rows("SELECT count(*) FROM refit_log_twice");
  if (twice![0] === 0n) return `SELECT ${columns} FROM refit_log_day`;
  const isTwice = "id64 IS NULL OR id64 IN (SELECT id64 FROM refit_log_twice)";
  return (
    `SELECT ${columns} FROM refit_log_day WHERE NOT (${isTwice}) UNION ALL ` +
    `SELECT ${columns} FROM (SELECT * REPLACE (problem IS NULL AND ${first} AS counts) FROM ` +
    `(SELECT * FROM refit_log_day WHERE ${isTwice} QUALIFY ${sameLine}))`
  );
}

/** What a day's file says of itself. */
type DayFacts = Omit<DayOfLines, "localPath">;

async function factsOf(session: Session, { day, files }: DayToWrite, rows: string): Promise<DayFacts> {
  const count = (condition: string) => `count(*) FILTER (WHERE ${condition})`;
  const problems = ["damaged", "newer", "foreign"].map((problem) => count(`problem = ${literal(problem)}`));
  const [row] = await session.rows(
    `SELECT ${[...problems, count("problem IS NULL AND NOT counts")].join(", ")} FROM (${rows})`,
  );
  const [damaged, newer, foreign, repeated] = row!.map(Number) as [number, number, number, number];
  const versions = await session.rows(
    "SELECT DISTINCT unnest([version, other]) AS name FROM refit_log_day WHERE problem IS NULL ORDER BY name",
  );
  const names = versions.flatMap(([name]) => (name === null ? [] : [name as string]));
  return { day, files, versions: names, odd: { damaged, newer, foreign, repeated } };
}

/** What files say of themselves that were written here. */
export async function compactedDays(session: Session, paths: readonly string[]): Promise<DayOfLines[]> {
  const facts = await factsOfParquet(session, paths);
  return paths.flatMap((localPath) => {
    const text = facts.get(localPath);
    return text === undefined ? [] : [{ ...(JSON.parse(text) as DayFacts), localPath }];
  });
}
