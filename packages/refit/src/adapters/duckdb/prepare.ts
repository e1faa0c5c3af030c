import type { ColumnInfo } from "@refit/core/data";
import { ColumnMissingError, PrepareInvalidError, quoted } from "@refit/core/errors";

import { columnNameKey, columnNameProblem } from "@refit/core/spec";

import type { PreparedTable } from "../../ports/tables.ts";
import { castColumns, columnTypeOf } from "./column-types.ts";
import type { LoadedFurtherTable } from "./further-tables.ts";
import type { NamedByPath } from "./name-files.ts";
import type { TypedColumn } from "./typed-column.ts";
import { first64Sql, rowColumn } from "./load.ts";
import { carryRows, describe } from "./carry-rows.ts";
import { keepNewestRows, readAllRows } from "./keep-newest.ts";
import type { HowMade } from "./future-reads.ts";
import { layInOrder } from "./lay-in-order.ts";
import { layFeatureViews, readsSource, type FeatureView } from "./feature-views.ts";
import { checkPrepare, parseTree, type CheckedSelect } from "./prepare-check.ts";
import { prepareRefused } from "./prepare-refused.ts";
import { ownRows } from "./own-rows.ts";
import { preparedTable } from "./prepared-table.ts";
import type { ResultColumn, Session } from "./session.ts";
import { columnsAtOnce, identifier, inParts, literal } from "./sql-text.ts";
import { targetInputs } from "./target-inputs.ts";

export interface PrepareRequest {
  readonly sql: string | null;
  readonly target: string;
  readonly time: string | null;
  readonly key: readonly string[];
  /** Columns that identify a row of the source, where it has them; left out: none. */
  readonly unique?: readonly string[];
}

/** What the SQL may read, and the name of the table for its result. */
export interface PrepareSource {
  readonly dataset: string;
  readonly columns: readonly TypedColumn[];
  readonly tables: readonly LoadedFurtherTable[];
  /** Feature views, each of which may read those before it. */
  readonly views: readonly FeatureView[];
  /** Files that rows name, by column. */
  readonly byPath: NamedByPath;
  readonly table: string;
  /** Where files may be written. */
  readonly folder: string;
}

/**
 * Runs the manifest's SQL and keeps its rows, sorted, in a table of the given name.
 *
 * @throws PrepareInvalidError, ColumnMissingError
 */
export async function prepareRows(
  session: Session,
  request: PrepareRequest,
  source: PrepareSource,
): Promise<PreparedTable> {
  const sql = request.sql ?? everything;
  const read = await readStatement(session, sql, source);
  const { names, hideValues, views, checked, result, carrying } = read;
  const allNames = [...new Set([source, ...source.tables].flatMap(({ columns }) => columns.map(({ name }) => name)))];
  if (carrying === null && request.time === null && request.key.length === 0) {
    const problem =
      "its result is not made of rows of the source (it aggregates, joins or combines), so rows cannot be identified";
    throw new PrepareInvalidError(
      problem,
      null,
      "Declare `key` in model.yaml: the columns that identify a prepared row.",
    );
  }
  const columns = plainColumns(result).map((column) => asFiles(column, source));
  checkRoles(columns, request);

  const isUnique = carrying !== null && isKeyOf(names, request.unique);
  const time = names.find((name) => name === request.time) ?? null;
  const repeatedKeys = isUnique ? await keepNewestRows(session, request.unique!, time) : null;

  const digest = carrying === null ? `${digestSql(columns)} AS ${rowColumn}` : rowColumn;
  try {
    await session.run(`CREATE OR REPLACE TEMP VIEW refit_result AS ${carrying ?? sql}`);
    const statement = `SELECT ${[...castColumns(columns), digest].join(", ")} FROM refit_result`;
    await layInOrder(session, { table: source.table, statement, columns }, request);
  } catch (error) {
    throw prepareRefused(error, sql, hideValues);
  }
  await refuseInfinite(session, source.table, columns);
  const selects = [checked, ...views];
  // What a path tells of the answer is not handed to a model, which gets what the file holds.
  const inputs = allTargetInputs(selects, request.target, allNames).filter((name) => !source.byPath.has(name));
  return preparedTable(session, {
    dataset: source.dataset,
    repeatedKeys,
    table: source.table,
    folder: source.folder,
    columns,
    byPath: source.byPath,
    key: request.key.map((name) => columns.find((column) => column.name === name)!),
    targetInputs: inputs,
    hideValues,
    carried: carrying,
    isSource: request.sql === null,
    made: madeBy(request, source, {
      statement: carrying ?? sql,
      isCarried: carrying !== null,
      selects,
      targetInputs: inputs,
    }),
  });
}

/** What is prepared where nobody has written SQL. */
export const everything = "SELECT * FROM source";

/** Checks SQL, lays the views that it reads, and looks at what it gives. @throws PrepareInvalidError */
export async function readStatement(
  session: Session,
  sql: string,
  source: Pick<PrepareSource, "columns" | "tables" | "views">,
) {
  await readAllRows(session);
  const names = source.columns.map(({ name }) => name);
  const hideValues = [source, ...source.tables].some(({ columns }) => columns.some(({ sensitive }) => sensitive));
  const scope = { columns: names, tables: source.tables.map(({ name }) => name), hideValues };
  const views = await layFeatureViews(session, source.views, scope, readsSource(await parseTree(session, sql)));
  const readable = [...scope.tables, ...views.map(({ name }) => name)];
  const checked = await checkPrepare(session, sql, names, readable);
  const result = await describe(session, sql, sql, hideValues);
  return { names, hideValues, views, checked, result, carrying: await carryRows(session, checked, sql, result) };
}

/** A column of the result that has the name of a column of files has its files. */
function asFiles(column: ColumnInfo, { byPath }: PrepareSource): ColumnInfo {
  return column.type === "string" && byPath.has(column.name) ? { ...column, type: "file" } : column;
}

function isKeyOf(names: readonly string[], key: readonly string[] = []): boolean {
  return key.length > 0 && key.every((name) => names.includes(name));
}

/** Also through the views: in which of them the target is made is not followed. */
function allTargetInputs(selects: readonly CheckedSelect[], target: string, names: readonly string[]): string[] {
  const inputs = new Set(selects.flatMap(({ node }) => targetInputs(node, target, names)));
  return names.filter((name) => inputs.has(name));
}

interface Statement {
  readonly statement: string;
  readonly isCarried: boolean;
  readonly selects: readonly CheckedSelect[];
  readonly targetInputs: readonly string[];
}

/** @returns `null`: without a time nothing says what was known when. */
function madeBy(
  { time, key, target }: PrepareRequest,
  { tables, columns }: PrepareSource,
  made: Statement,
): HowMade | null {
  if (time === null) return null;
  const { statement, isCarried, selects, targetInputs: inputs } = made;
  const identity = isCarried ? [rowColumn] : [...new Set([time, ...key])];
  const own = ownRows(selects, columns, { time, key, target, isCarried, targetInputs: inputs });
  return { statement, time, identity, tables, own };
}

/** The result's own columns, with our types. */
export function plainColumns(result: readonly ResultColumn[]): ColumnInfo[] {
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

export async function refuseInfinite(session: Session, table: string, columns: readonly ColumnInfo[]): Promise<void> {
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
