import type { TimeInterval, IntervalUnit } from "@refit/core/data";

/** A SELECT of the manifest, and the column that its rows are cut by. */
export interface AskedRows {
  readonly query: string;
  readonly cursor: string;
}

/** Types of a cursor, as a bound of an interval is written for them. */
export type CursorType = "date" | "timestamp" | "timestamptz";

/** What the rows are called inside of our statements; `(refit_rows.*)` is a whole row whatever its columns are called. */
const wholeRow = "(refit_rows.*)::text";
const rowHash = `hashtextextended(${wholeRow}, 0)`;
/** Each row's text and hash, computed once; `OFFSET 0` keeps the planner from doing so at each place. */
const rowLine = `LATERAL (SELECT line, hashtextextended(line, 0)::text AS hash FROM (SELECT ${wholeRow} AS line OFFSET 0) AS refit_text OFFSET 0) AS refit_line`;
/** The text of a row without what it quotes its values with. */
const unquoted = String.raw`replace(replace(refit_line.line, '"', ''), E'\\', '')`;
/** Digest of a text as the server has it, which the client compares with what arrived. Encodings differ, so it is made of UTF-8. */
const digestOf = (text: string) => `md5(convert_to(${text}, 'UTF8'))`;

/** Everything that the text of a value depends on, so that the same row has the same hash and the same bytes. */
export function begin(querySeconds: number): string {
  return [
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    `SET LOCAL statement_timeout = ${Math.ceil(querySeconds * 1000)}`,
    "SET LOCAL TimeZone = 'UTC'",
    "SET LOCAL DateStyle = 'ISO, YMD'",
    "SET LOCAL IntervalStyle = 'postgres'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL client_encoding = 'UTF8'",
  ].join("; ");
}

/** No rows: what its columns are. */
export function columnsOf({ query }: AskedRows): string {
  return `SELECT refit_rows.* FROM ${inside(query)} AS refit_rows LIMIT 0`;
}

/** The names of types by number; of an enumeration, that it is one. */
export function typesOf(types: readonly number[]): string {
  return `SELECT oid::text, typtype::text, format_type(oid, NULL) FROM pg_catalog.pg_type WHERE oid IN (${types.join(", ")})`;
}

/**
 * What each interval has: its name, how many rows, and the sum of their hashes, whatever their order. Rows without a time between
 * the years 1 and 9999 are counted under no name. Each line ends with the number of lines and a digest of what is before it.
 */
export function contentsOf({ query, cursor }: AskedRows, unit: IntervalUnit): string {
  const name = `to_char(at, '${unit === "day" ? "YYYY-MM-DD" : "YYYY-MM"}')`;
  const rows = `SELECT refit_rows.${identifier(cursor)}::timestamp AS at, ${rowHash} AS hash FROM ${inside(query)} AS refit_rows`;
  const placed = "at >= timestamp '0001-01-01' AND at < timestamp '9999-01-01'";
  const lines = `SELECT CASE WHEN ${placed} THEN ${name} END AS name, count(*)::text AS rows, sum(hash::numeric)::text AS sum FROM (${rows}) AS refit_hashed GROUP BY 1`;
  return `SELECT name, rows, sum, count(*) OVER ()::text, ${digestOf("concat_ws(' ', coalesce(name, ''), rows, sum, count(*) OVER ())")} FROM (${lines}) AS refit_lines`;
}

/**
 * All columns of the rows of an interval, the hash of each row, and a digest of both, in an order that the rows alone decide. How
 * the text of a row quotes its values is left out of the digest, since the client has only the values.
 */
export function intervalRows({ query, cursor }: AskedRows, { from, to }: TimeInterval, type: CursorType): string {
  const column = `refit_rows.${identifier(cursor)}`;
  const bound = (instant: number) => `${type} '${new Date(instant).toISOString().replace("T", " ").replace("Z", "")}'`;
  return [
    `DECLARE refit_cursor NO SCROLL CURSOR FOR SELECT refit_rows.*, refit_line.hash, ${digestOf(`${unquoted} || refit_line.hash`)}`,
    `FROM ${inside(query)} AS refit_rows, ${rowLine}`,
    `WHERE ${column} >= ${bound(from)} AND ${column} < ${bound(to)}`,
    `ORDER BY ${column}, refit_line.line COLLATE "C"`,
  ].join(" ");
}

export function nextRows(most: number): string {
  return `FETCH FORWARD ${most} FROM refit_cursor`;
}

/** A comment at the end of the query must not swallow what follows. */
function inside(query: string): string {
  return `(${query.trim().replace(/;$/, "")}\n)`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
