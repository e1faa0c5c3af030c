import { PrepareInvalidError } from "@refit/core/errors";

import { parseExactly } from "./exact-json.ts";
import type { Session } from "./session.ts";
import { literal } from "./sql-text.ts";
import { decodeText, encodeText } from "../../text.ts";

/** A node of DuckDB's parse tree, as `json_serialize_sql` gives it. */
export type ParseNode = { readonly [key: string]: unknown };

/** The outer SELECT of a checked statement. */
export interface CheckedSelect {
  /** The whole answer of `json_serialize_sql`. */
  readonly tree: ParseNode;
  /** Its outer query node. */
  readonly node: ParseNode;
}

/** Table functions that read nothing but their arguments. */
const harmlessTables = new Set(["range", "generate_series", "unnest"]);

/**
 * Checks SQL by DuckDB's own parser: one SELECT, over `source` and its own CTEs, the same on every run.
 *
 * @throws PrepareInvalidError with line and column.
 */
export async function checkPrepare(session: Session, sql: string, columns: readonly string[]): Promise<CheckedSelect> {
  const [row] = await session.rows(`SELECT json_serialize_sql(${literal(sql)})`);
  const tree = parseExactly(String(row![0])) as ParseNode;
  if (tree["error"] === true) {
    if (tree["error_type"] === "not implemented")
      throw new PrepareInvalidError("only a SELECT is allowed", placeOf(sql, 0));
    const position = tree["position"];
    const at = position === undefined ? null : placeOf(sql, Number(position));
    throw new PrepareInvalidError(String(tree["error_message"]).split("\n")[0]!, at);
  }
  const statements = tree["statements"] as readonly ParseNode[];
  if (statements.length !== 1) {
    throw new PrepareInvalidError(`expected one SELECT, found ${statements.length} statements`);
  }
  const changing = await changingFunctions(session);
  const problem = findProblem(statements[0]!, {
    changing,
    clock: new Set([...clockWords].filter((word) => !columns.some((name) => name.toLowerCase() === word))),
    ctes: new Set(),
  });
  if (problem !== null) throw new PrepareInvalidError(problem.words, placeOf(sql, problem.at));
  return { tree, node: statements[0]!["node"] as ParseNode };
}

/** Functions whose result is not a function of their arguments, such as `random` and `now`. */
async function changingFunctions(session: Session): Promise<ReadonlySet<string>> {
  const rows = await session.rows(
    "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability IN ('VOLATILE', 'CONSISTENT_WITHIN_QUERY')",
  );
  return new Set([...rows.map(([name]) => String(name)), ...unlistedFunctions]);
}

/** Macros over the clock, and functions that look at the session, which DuckDB does not call volatile. */
const unlistedFunctions = [
  "ago",
  "current_localtime",
  "current_localtimestamp",
  "current_setting",
  "getvariable",
  "pg_conf_load_time",
  "pg_postmaster_start_time",
  "version",
];

/** Words that SQL reads as the time, unless a column has that name. */
const clockWords = new Set(["current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"]);

interface Scope {
  readonly changing: ReadonlySet<string>;
  readonly clock: ReadonlySet<string>;
  readonly ctes: ReadonlySet<string>;
}

interface Problem {
  readonly words: string;
  /** Offset in the SQL text; -1: not known. */
  readonly at: number;
}

function findProblem(value: unknown, scope: Scope): Problem | null {
  if (Array.isArray(value)) return firstOf(value, scope);
  if (typeof value !== "object" || value === null) return null;
  const node = value as ParseNode;
  const at = typeof node["query_location"] === "number" ? node["query_location"] : -1;
  if (node["class"] === "FUNCTION") {
    const name = String(node["function_name"]).toLowerCase();
    const sinceToday = name === "age" && (node["children"] as readonly unknown[]).length === 1;
    if (sinceToday || scope.changing.has(name)) return { words: `${name}() gives another result on another run`, at };
  }
  if (node["class"] === "PARAMETER") return { words: "parameters such as $1 or ? have no value here", at };
  if (node["class"] === "COLUMN_REF") {
    const name = (node["column_names"] as readonly string[]).at(-1)!.toLowerCase();
    if (scope.clock.has(name)) return { words: `${name} gives another result on another run`, at };
  }
  if (node["type"] === "TABLE_FUNCTION") {
    const called = node["function"] as ParseNode;
    const name = String(called["function_name"]).toLowerCase();
    if (!harmlessTables.has(name))
      return { words: `the table function ${name}() is not allowed; only \`source\` can be read`, at };
  }
  if (node["sample"] !== undefined && node["sample"] !== null) {
    return { words: "a sample gives other rows on another run", at };
  }
  const inner = withCtes(node, scope);
  if (node["type"] === "BASE_TABLE") {
    const name = String(node["table_name"]);
    const plain = node["schema_name"] === "" && node["catalog_name"] === "";
    const allowed = plain && (name.toLowerCase() === "source" || inner.ctes.has(name.toLowerCase()));
    if (!allowed) return { words: `there is no table "${name}" here; only \`source\` can be read`, at };
  }
  return firstOf(Object.values(node), inner);
}

function firstOf(values: readonly unknown[], scope: Scope): Problem | null {
  for (const value of values) {
    const problem = findProblem(value, scope);
    if (problem !== null) return problem;
  }
  return null;
}

function withCtes(node: ParseNode, scope: Scope): Scope {
  const map = (node["cte_map"] as { map?: readonly { key: string }[] } | undefined)?.map ?? [];
  if (map.length === 0) return scope;
  return { ...scope, ctes: new Set([...scope.ctes, ...map.map(({ key }) => key.toLowerCase())]) };
}

/** Line and column, from 1, of an offset in SQL text. DuckDB counts bytes. */
export function placeOf(sql: string, offset: number): { line: number; column: number } | null {
  if (offset < 0 || offset > 1e9) return null;
  const before = decodeText(encodeText(sql).slice(0, offset)).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
