import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";

import type { ColumnInfo } from "@refit/core/data";
import { ColumnMissingError, PrepareInvalidError, TimeTypeError } from "@refit/core/errors";
import { viewFile } from "@refit/core/spec";
import type { NewestRequest, NewestRows } from "../../ports/tables.ts";
import { storedAs } from "./column-types.ts";
import { describe } from "./carry-rows.ts";
import { inFile, layFeatureViews, type FeatureView } from "./feature-views.ts";
import { rowsKnownAt, rowsOf, viewOf, type LoadedFurtherTable } from "./further-tables.ts";
import { instantSql } from "./instant-sql.ts";
import { sourceSql } from "./load.ts";
import { plainColumns, refuseInfinite } from "./prepare.ts";
import { prepareRefused } from "./prepare-refused.ts";
import type { Session } from "./session.ts";
import { identifier, literal } from "./sql-text.ts";
import type { TypedColumn } from "./typed-column.ts";

/** What the views may read, and where a file may be written. */
export interface NewestSource {
  readonly columns: readonly TypedColumn[];
  readonly tables: readonly LoadedFurtherTable[];
  readonly views: readonly FeatureView[];
  readonly folder: string;
}

const newest = "refit_newest";

/**
 * The newest row of each key that a feature view gives, as a Parquet file: sorted by key, on one thread, so that the same rows give the
 * same bytes. Of rows of one key and one instant the one with the largest values is taken, whatever their order.
 *
 * @throws PrepareInvalidError, ColumnMissingError, TimeTypeError
 */
export async function newestRows(session: Session, request: NewestRequest, source: NewestSource): Promise<NewestRows> {
  const { view, at } = request;
  const hideValues = [source, ...source.tables].some(({ columns }) => columns.some(({ sensitive }) => sensitive));
  const scope = {
    columns: source.columns.map(({ name }) => name),
    tables: source.tables.map(({ name }) => name),
    hideValues,
  };
  const last = source.views.findIndex(({ name }) => name === view);
  await layFeatureViews(session, source.views.slice(0, last + 1), scope, true);
  try {
    if (at !== null) await forget(session, source, request.time, at);
    const columns = await keepNewest(session, request, hideValues);
    const bytes = await parquetOf(session, source.folder);
    const [row] = await session.rows(`SELECT count(*), max(${instantSql(request.time)}) FROM ${newest}`);
    return { rows: Number(row![0]), columns, newest: row![1] as number | null, bytes };
  } catch (error) {
    throw error instanceof PrepareInvalidError ? inFile(error, viewFile(view)) : error;
  } finally {
    await remember(session, source);
  }
}

/** Puts the rows into a table. */
async function keepNewest(
  session: Session,
  { view, key, time, at }: NewestRequest,
  hideValues: boolean,
): Promise<readonly ColumnInfo[]> {
  const sql = `SELECT * FROM ${identifier(view)}`;
  const columns = plainColumns(await describe(session, sql, sql, hideValues));
  checkRoles(columns, { key, time });
  const values = columns.map(
    ({ name, type }) => `CAST(${identifier(name)} AS ${storedAs[type]}) AS ${identifier(name)}`,
  );
  const keys = key.map(identifier);
  const known = [time, ...key].map((name) => `${identifier(name)} IS NOT NULL`);
  if (at !== null) known.push(`${instantSql(time)} <= ${at}`);
  const order = [time, ...columns.map(({ name }) => name)].map((name) => `${identifier(name)} DESC NULLS LAST`);
  try {
    await session.run(
      `CREATE OR REPLACE TEMP TABLE ${newest} AS SELECT * FROM (SELECT ${values.join(", ")} FROM ${identifier(view)}) ` +
        `WHERE ${known.join(" AND ")} ` +
        `QUALIFY row_number() OVER (PARTITION BY ${keys.join(", ")} ORDER BY ${order.join(", ")}) = 1 ORDER BY ${keys.join(", ")}`,
    );
  } catch (error) {
    throw prepareRefused(error, sql, hideValues);
  }
  await refuseInfinite(session, newest, columns);
  return columns;
}

function checkRoles(columns: readonly ColumnInfo[], { key, time }: Pick<NewestRequest, "key" | "time">): void {
  const names = columns.map(({ name }) => name);
  for (const [role, name] of [["time", time], ...key.map((each) => ["key", each])] as [string, string][]) {
    if (!names.includes(name)) throw new ColumnMissingError(role, name, names);
  }
  const { type } = columns.find(({ name }) => name === time)!;
  if (type !== "date" && type !== "datetime") throw new TimeTypeError(time, type);
}

/** Takes away what was not known at an instant. */
async function forget(session: Session, { columns, tables }: NewestSource, time: string, at: number): Promise<void> {
  for (const table of tables) {
    if (table.availableAt !== null) await session.run(viewOf(table, rowsKnownAt(table, at)));
  }
  const isDated = columns.some(({ name, type }) => name === time && (type === "date" || type === "datetime"));
  if (isDated) await session.run(`CREATE OR REPLACE VIEW source AS ${sourceSql} WHERE ${instantSql(time)} <= ${at}`);
}

async function remember(session: Session, { tables }: NewestSource): Promise<void> {
  for (const table of tables) await session.run(viewOf(table, rowsOf(table)));
  await session.run(`CREATE OR REPLACE VIEW source AS ${sourceSql}`);
}

/** Files can be written there, although the session is closed. */
async function parquetOf(session: Session, folder: string): Promise<Uint8Array> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, "newest.parquet");
  await session.run(`COPY ${newest} TO ${literal(file)} (FORMAT parquet)`);
  return readFile(file);
}
