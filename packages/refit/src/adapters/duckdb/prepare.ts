import type { ColumnInfo } from "@refit/core/data";
import { ColumnMissingError, PrepareInvalidError, quoted } from "@refit/core/errors";

import { columnNameKey, columnNameProblem } from "@refit/core/spec";

import type { PreparedTable } from "../../ports/tables.ts";
import { columnTypeOf, storedAs } from "./column-types.ts";
import type { TypedColumn } from "./typed-column.ts";
import { exactJson } from "./exact-json.ts";
import { first64Sql, rowColumn } from "./load.ts";
import { checkPrepare, type CheckedSelect } from "./prepare-check.ts";
import { prepareRefused } from "./prepare-refused.ts";
import { preparedTable } from "./prepared-table.ts";
import type { ResultColumn, Session } from "./session.ts";
import { columnsAtOnce, identifier, inParts, literal } from "./sql-text.ts";
import { targetInputs } from "./target-inputs.ts";

export interface PrepareRequest {
  readonly sql: string | null;
  readonly target: string;
  readonly time: string | null;
  readonly key: readonly string[];
}

/**
 * Runs the manifest's SQL and keeps its rows, sorted, in a table of the given name.
 *
 * @throws PrepareInvalidError, ColumnMissingError
 */
export async function prepareRows(
  session: Session,
  request: PrepareRequest,
  source: { readonly dataset: string; readonly columns: readonly TypedColumn[]; readonly table: string },
): Promise<PreparedTable> {
  const sql = request.sql ?? "SELECT * FROM source";
  const names = source.columns.map(({ name }) => name);
  const hideValues = source.columns.some(({ sensitive }) => sensitive);
  const checked = await checkPrepare(session, sql, names);
  const result = await describe(session, sql, sql, hideValues);
  const carrying = await carryRows(session, checked, sql, result);
  if (carrying === null && request.time === null && request.key.length === 0) {
    const problem =
      "its result is not made of rows of the source (it aggregates, joins or combines), so rows cannot be identified";
    throw new PrepareInvalidError(
      problem,
      null,
      "Declare `key` in model.yaml: the columns that identify a prepared row.",
    );
  }
  const columns = plainColumns(result);
  checkRoles(columns, request);

  const values = columns.map(
    ({ name, type }) => `CAST(${identifier(name)} AS ${storedAs[type]}) AS ${identifier(name)}`,
  );
  const digest = carrying === null ? `${digestSql(columns)} AS ${rowColumn}` : rowColumn;
  const order = [...(request.time === null ? [] : [request.time]), ...request.key].map((name) => identifier(name));
  const ties = [rowColumn, ...columns.map(({ name }) => identifier(name))];
  try {
    await session.run(`CREATE OR REPLACE TEMP VIEW refit_result AS ${carrying ?? sql}`);
    await session.run(
      `CREATE TEMP TABLE ${source.table} AS SELECT ${[...values, digest].join(", ")} FROM refit_result ` +
        `ORDER BY ${[...order, ...ties].join(", ")}`,
    );
  } catch (error) {
    throw prepareRefused(error, sql, hideValues);
  }
  await refuseInfinite(session, source.table, columns);
  return preparedTable(session, {
    dataset: source.dataset,
    table: source.table,
    columns,
    key: request.key.map((name) => columns.find((column) => column.name === name)!),
    targetInputs: targetInputs(checked.node, request.target, names),
    hideValues,
  });
}

async function describe(
  session: Session,
  statement: string,
  sql: string,
  hideValues: boolean,
): Promise<ResultColumn[]> {
  try {
    return await session.describe(statement);
  } catch (error) {
    throw prepareRefused(error, sql, hideValues);
  }
}

/**
 * The statement with the row digest in its result: as it is, or with the digest added to a plain outer SELECT.
 *
 * @returns `null` when the result is not made of rows of the source.
 */
async function carryRows(
  session: Session,
  { tree, node }: CheckedSelect,
  sql: string,
  result: readonly ResultColumn[],
): Promise<string | null> {
  if (result.some(({ name, type }) => name === rowColumn && type === "UBIGINT")) return sql;
  if (node["type"] !== "SELECT_NODE" || (node["group_expressions"] as readonly unknown[]).length > 0) return null;
  if ((node["modifiers"] as readonly { type: string }[]).some(({ type }) => type === "DISTINCT_MODIFIER")) return null;
  const row = { class: "COLUMN_REF", type: "COLUMN_REF", alias: "", query_location: 0, column_names: [rowColumn] };
  const added = {
    ...tree,
    statements: [
      { node: { ...node, select_list: [...(node["select_list"] as readonly unknown[]), row] }, named_param_map: [] },
    ],
  };
  const [text] = await session.rows(`SELECT json_deserialize_sql(${literal(exactJson(added))}::JSON)`);
  try {
    await session.describe(String(text![0]));
  } catch {
    // DuckDB finds no single row to take the digest from: an aggregate, or a table without it.
    return null;
  }
  return String(text![0]);
}

/** The result's own columns, with our types. */
function plainColumns(result: readonly ResultColumn[]): ColumnInfo[] {
  const seen = new Map<string, string>();
  return result
    .filter(({ name }) => name !== rowColumn)
    .map(({ name, type }, i) => {
      const problem = columnNameProblem(name);
      if (problem !== null) throw new PrepareInvalidError(`column ${i + 1} of the result ${problem}`);
      const before = seen.get(columnNameKey(name));
      if (before !== undefined) throw new PrepareInvalidError(sameNames(before, name));
      seen.set(columnNameKey(name), name);
      const known = columnTypeOf(type);
      if (known !== null) return { name, type: known };
      const advice = "Cast it to a number, text, boolean, date or timestamp, or leave it out.";
      throw new PrepareInvalidError(
        `the column ${quoted(name)} of the result is a ${type}, which a model cannot use`,
        null,
        advice,
      );
    });
}

function sameNames(one: string, other: string): string {
  return one.toLowerCase() === other.toLowerCase()
    ? `two columns of the result are named ${quoted(other)}`
    : `the columns ${quoted(one)} and ${quoted(other)} of the result look the same to a reader`;
}

function checkRoles(columns: readonly ColumnInfo[], { target, time, key }: PrepareRequest): void {
  const names = columns.map(({ name }) => name);
  const roles = [["target", target], ...(time === null ? [] : [["time", time]]), ...key.map((name) => ["key", name])];
  for (const [role, name] of roles as [string, string][]) {
    if (!names.includes(name)) throw new ColumnMissingError(role, name, names);
  }
}

function digestSql(columns: readonly ColumnInfo[]): string {
  const sorted = [...columns].sort((a, b) => (a.name < b.name ? -1 : 1));
  const fields = sorted.map(({ name }) => `${literal(`${name}\u001f`)} || ${identifier(name)}::VARCHAR || '\u001e'`);
  return first64Sql(`concat(${fields.join(", ")})`);
}

async function refuseInfinite(session: Session, table: string, columns: readonly ColumnInfo[]): Promise<void> {
  const numbers = columns.filter(({ type }) => type === "number");
  for (const part of inParts(numbers, columnsAtOnce)) {
    const counts = part.map(({ name }) => `count(*) FILTER (WHERE NOT isfinite(${identifier(name)}))`);
    const [row] = await session.rows(`SELECT ${counts.join(", ")} FROM ${table}`);
    const bad = part.findIndex((_, i) => Number(row![i]) > 0);
    if (bad < 0) continue;
    const count = Number(row![bad]);
    const advice = "Look for a division by zero; `nullif(x, 0)` as the divisor gives a missing value instead.";
    const rows = count === 1 ? "1 row" : `${count} rows`;
    const column = quoted(part[bad]!.name);
    throw new PrepareInvalidError(`the column ${column} of the result is not finite in ${rows}`, null, advice);
  }
}
