import { createHash } from "node:crypto";
import path from "node:path";
import type { ClosedFile, CompactedLines, CompactRequest, DayOfLines } from "../../../ports/prediction-logs.ts";
import type { Session } from "../session.ts";
import { factsOfParquet, writeParquet } from "./write-parquet.ts";
import { literal, literals } from "../sql-text.ts";
import { lineColumns, rowsOfLines } from "./line-columns.ts";

/** Longest line, in bytes; a longer one is damaged. */
const mostBytes = 16 * 1024 * 1024;
const lines = "refit_log_lines";
const columns = lineColumns.join(", ");

/** Writes the lines of files by day. Rows are neither sorted nor told apart by the file that they came from first: only as a set are they the same. */
export async function compactLines(session: Session, request: CompactRequest): Promise<CompactedLines> {
  const { files, days, model } = request;
  const lost = files.length === 0 ? await noLines(session) : await readLines(session, files, model);
  const found = await session.rows(`SELECT day, list(DISTINCT file) FROM ${lines} GROUP BY day`);
  const fresh = new Map(found.map(([day, from]) => [day as string, from as string[]]));
  // A file that has no line left is known by its name's day, so that it is not read again.
  for (const { day, sha256 } of files) fresh.set(day, [...(fresh.get(day) ?? []), sha256]);
  for (const { day } of days) if (!fresh.has(day)) fresh.set(day, []);
  const written: DayOfLines[] = [];
  for (const [day, digests] of [...fresh].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = days.filter((one) => one.day === day);
    const names = [...new Set([...digests, ...before.flatMap((one) => one.files)])].sort();
    written.push(await writeDay(session, request, { day, files: names, before }));
  }
  await session.run(`DROP TABLE ${lines}`);
  return { days: written, lost };
}

async function noLines(session: Session): Promise<number> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${lines} AS ${rowsOfLines("(SELECT NULL::VARCHAR AS line, '' AS file, '' AS file_day LIMIT 0)", "")}`,
  );
  return 0;
}

/** @returns how many lines are not JSON. */
async function readLines(session: Session, files: readonly ClosedFile[], model: string): Promise<number> {
  const rows = files.map(({ localPath, sha256, day }) => `(${literals([localPath, sha256, day])})`);
  const texts = `read_ndjson_objects([${literals(files.map(({ localPath }) => localPath))}], filename = true, ignore_errors = true, maximum_object_size = ${mostBytes})`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE refit_log_texts AS SELECT t.json::VARCHAR AS line, f.file, f.file_day FROM ${texts} t ` +
      `JOIN (VALUES ${rows.join(", ")}) f(path, file, file_day) ON f.path = t.filename`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${lines} AS ${rowsOfLines("(SELECT * FROM refit_log_texts WHERE line IS NOT NULL)", model)}`,
  );
  const [counted] = await session.rows("SELECT count(*) FROM refit_log_texts WHERE line IS NULL");
  await session.run("DROP TABLE refit_log_texts");
  return Number(counted![0]);
}

interface DayToWrite {
  readonly day: string;
  readonly files: readonly string[];
  readonly before: readonly DayOfLines[];
}

/** To a name of its own, and then to its name: who is killed in between leaves a file that nobody reads. */
async function writeDay(
  session: Session,
  { folder }: CompactRequest,
  { day, files, before }: DayToWrite,
): Promise<DayOfLines> {
  const old = before.map(({ localPath }) => `SELECT ${columns} FROM read_parquet(${literal(localPath)})`);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE refit_log_day AS ${[`SELECT ${columns} FROM ${lines} WHERE day = ${literal(day)}`, ...old].join(" UNION ALL ")}`,
  );
  const name = createHash("sha256").update(files.join("\n")).digest("hex").slice(0, 16);
  const localPath = path.join(folder, `${day}-${name}.parquet`);
  const sql = await eachIdOnce(session);
  const facts = await factsOf(session, { day, files, before }, sql);
  await writeParquet(session, { sql, file: localPath, facts: JSON.stringify(facts) });
  await session.run("DROP TABLE refit_log_day");
  return { ...facts, localPath };
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
