import { PrepareInvalidError } from "@refit/core/errors";

import { parseExactly } from "./exact-json.ts";
import { knownFunctions } from "./prepare-functions.ts";
import { findProblem, type ParseNode, type Scope } from "./prepare-problem.ts";
import type { Session } from "./session.ts";
import { literal } from "./sql-text.ts";
import { decodeText, encodeText } from "../../text.ts";

/** The outer SELECT of a checked statement. */
export interface CheckedSelect {
  /** The whole answer of `json_serialize_sql`. */
  readonly tree: ParseNode;
  /** Its outer query node. */
  readonly node: ParseNode;
}

/**
 * Checks SQL by DuckDB's own parser: one SELECT, over `source`, the further tables and its own CTEs, the same on every run.
 *
 * @param tables names of the further tables.
 * @throws PrepareInvalidError with line and column.
 */
export async function checkPrepare(
  session: Session,
  sql: string,
  columns: readonly string[],
  tables: readonly string[] = [],
): Promise<CheckedSelect> {
  const tree = await parseTree(session, sql);
  if (tree["error"] === true) {
    if (tree["error_type"] === "not implemented")
      throw new PrepareInvalidError("only a SELECT is allowed", placeOf(sql, 0));
    const position = tree["position"];
    const at = position === undefined ? null : placeOf(sql, Number(position));
    const word = position === undefined ? null : wordOfSql(sql, Number(position));
    const advice =
      word === null
        ? undefined
        : `\`${word}\` is a word of DuckDB's SQL: choose another name, or put it in double quotes.`;
    throw new PrepareInvalidError(String(tree["error_message"]).split("\n")[0]!, at, advice);
  }
  const statements = tree["statements"] as readonly ParseNode[];
  if (statements.length !== 1) {
    throw new PrepareInvalidError(`expected one SELECT, found ${statements.length} statements`);
  }
  const problem = findProblem(statements[0]!, await scopeOf(session, columns, tables));
  if (problem !== null) throw new PrepareInvalidError(problem.words, placeOf(sql, problem.at));
  return { tree, node: statements[0]!["node"] as ParseNode };
}

/** Words of SQL that people take for names. */
const namelike =
  /^(?:anti|asof|at|check|column|default|desc|describe|end|group|limit|offset|order|pivot|positional|qualify|references|semi|show|summarize|table|unpivot|user|window)$/i;

/** The word at which a parser stumbled, or the one before it, where it looks like a name and SQL has a meaning for it. */
function wordOfSql(sql: string, offset: number): string | null {
  const bytes = encodeText(sql);
  const before = /(\w+)[\s.,(]*$/.exec(decodeText(bytes.slice(0, offset)))?.[1];
  const here = /^\w+/.exec(decodeText(bytes.slice(offset)))?.[0];
  return [here, before].find((word) => word !== undefined && namelike.test(word)) ?? null;
}

/** DuckDB's own parse of SQL: `json_serialize_sql`. */
export async function parseTree(session: Session, sql: string): Promise<ParseNode> {
  const [row] = await session.rows(`SELECT json_serialize_sql(${literal(sql)})`);
  return parseExactly(String(row![0])) as ParseNode;
}

/** What SQL may name that sees these columns. */
export async function scopeOf(
  session: Session,
  columns: readonly string[],
  tables: readonly string[] = [],
): Promise<Scope> {
  return {
    tables: ["source", ...tables],
    functions: await knownFunctions(session),
    sessionWords: new Set(sessionWords.filter((word) => !columns.some((name) => name.toLowerCase() === word))),
    ctes: new Set(),
  };
}

/** Words that SQL reads as the time, the user or the database, unless a column has that name. */
const sessionWords = [
  "current_catalog",
  "current_date",
  "current_role",
  "current_schema",
  "current_time",
  "current_timestamp",
  "current_user",
  "localtime",
  "localtimestamp",
  "session_user",
  "user",
];

/** Line and column, from 1, of an offset in SQL text. DuckDB counts bytes. */
export function placeOf(sql: string, offset: number): { line: number; column: number } | null {
  if (offset < 0 || offset > 1e9) return null;
  const before = decodeText(encodeText(sql).slice(0, offset)).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
