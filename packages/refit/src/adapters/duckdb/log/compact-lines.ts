import { createHash } from "node:crypto";
import path from "node:path";
import type { CompactedLines, CompactRequest, DayOfLines } from "../../../ports/prediction-logs.ts";
import type { Session } from "../session.ts";
import { factsOfParquet, writeParquet } from "./write-parquet.ts";
import { literal, literals } from "../sql-text.ts";
import { lineColumns, numberOfDay, rowsOfLines } from "./line-columns.ts";

/** Longest line, in bytes. Room for so much is made for each thread. */
const mostBytes = 16 * 1024 * 1024;
/** Of a file without line breaks, such as one that a crash has filled with zeros: a file of a log is never as large. */
const mostOfFile = 128 * 1024 * 1024;
const lines = "refit_log_lines";
const columns = lineColumns.join(", ");

/** Writes the lines of files by day. What is in a file is the same as a set only: threads may write rows in any order. */
export async function compactLines(session: Session, request: CompactRequest): Promise<CompactedLines> {
  const { files, days } = request;
  await readLines(session, request);
  const [counted] = await session.rows(`SELECT count(*) FROM ${lines} WHERE line IS NULL`);
  const found = await session.rows(`SELECT day, list(DISTINCT file) FROM ${lines} GROUP BY day`);
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
  await session.run(`DROP TABLE ${lines}`);
  return { days: written, lost: Number(counted![0]) };
}

const textOfDay = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);

/** A line that is not JSON has no text. */
async function readLines(session: Session, { files, model }: CompactRequest): Promise<void> {
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
      session.run(`CREATE OR REPLACE TEMP TABLE ${lines} AS ${rowsOfLines(textsOf(most), model)}`),
    );
  await read(mostBytes).catch((error: unknown) => {
    if (!String(error).includes("maximum_object_size")) throw error;
    return read(mostOfFile);
  });
}

interface DayToWrite {
  readonly day: string;
  readonly files: readonly string[];
  readonly before: readonly DayOfLines[];
}

/** To a name of its own, and then to its name: who is killed in between leaves a file that nobody reads. */
async function writeDay(session: Session, { folder }: CompactRequest, written: DayToWrite): Promise<DayOfLines> {
  const { day, files, before } = written;
  const own = `SELECT ${columns} FROM ${lines} WHERE day = ${numberOfDay(day)} AND line IS NOT NULL`;
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
