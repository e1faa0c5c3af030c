import type { ColumnInfo } from "@refit/core/data";
import { DataLimitError } from "@refit/core/errors";
import type { FutureRead, FutureReads } from "../../ports/tables.ts";
import { storedAs } from "./column-types.ts";
import { rowsKnownAt, rowsOf, viewOf, type LoadedFurtherTable } from "./further-tables.ts";
import { instantSql } from "./instant-sql.ts";
import { rowColumn } from "./load.ts";
import type { Session } from "./session.ts";
import { identifier } from "./sql-text.ts";

/** How prepared rows were made. */
export interface HowMade {
  /** The statement that gives them, as `prepare` runs it. */
  readonly statement: string;
  readonly time: string;
  /** Columns that say which row it is. */
  readonly identity: readonly string[];
  readonly tables: readonly LoadedFurtherTable[];
}

/** Prepared rows, and which of their columns are looked at. */
interface MadeRows extends HowMade {
  /** The table that they lie in. */
  readonly table: string;
  readonly features: readonly ColumnInfo[];
}

/** One try: at an instant, rows of the further tables that were not known by then are taken away, or get other values. */
interface Try {
  readonly at: number;
  readonly kind: "removed" | "replaced";
}

const altered = "refit_altered";

/**
 * Features that change when the future does. `prepare` runs again with other rows in place of those that were not known at an
 * instant, and every feature of the rows up to that instant is compared. A row that is gone, or that appears, is none: whether a
 * row has a label may depend on the future.
 *
 * @param rows `made` is `null` where no time says what was known when.
 * @param thorough more instants, and both ways at each.
 */
export async function futureReads(
  session: Session,
  { made, table, features }: Pick<MadeRows, "table" | "features"> & { readonly made: HowMade | null },
  thorough: boolean,
): Promise<FutureReads> {
  if (made === null) return { columns: [], compared: 0 };
  return session.withinTime(() => tryRows(session, { ...made, table, features }, thorough));
}

async function tryRows(session: Session, made: MadeRows, thorough: boolean): Promise<FutureReads> {
  const found = new Map<string, FutureRead>();
  let compared = 0;
  try {
    for (const each of await triesOf(session, made, thorough)) {
      const rows = await prepareAltered(session, made, each);
      compared += rows;
      if (rows === 0 || (await changedRows(session, made, made.features, each.at)) === 0) continue;
      for (const feature of made.features) {
        const changed = found.has(feature.name) ? 0 : await changedRows(session, made, [feature], each.at);
        if (changed > 0) found.set(feature.name, { column: feature.name, at: each.at, rows: changed });
      }
    }
  } finally {
    for (const table of dated(made)) await session.run(viewOf(table, rowsOf(table)));
  }
  return { columns: [...found.values()], compared };
}

const dated = ({ tables }: MadeRows) => tables.filter(({ availableAt }) => availableAt !== null);

/**
 * What is tried. Each table has its own instants, as one that ends early has nothing to alter at those of another.
 *
 * A look ahead shows at an instant only in rows that lie before it by no more than it looks ahead, so besides instants spread over
 * all times there is the one that the table's next row follows most closely.
 */
async function triesOf(session: Session, made: MadeRows, thorough: boolean): Promise<Try[]> {
  const tries = new Map<string, Try>();
  const add = (each: Try) => void tries.set(`${each.kind} ${each.at}`, each);
  for (const table of dated(made)) {
    const spread = await spreadInstants(session, made, table, thorough ? [0.1, 0.3, 0.5, 0.7, 0.9] : [0.5, 0.9]);
    for (const [i, at] of spread.entries()) {
      if (thorough || i % 2 === 0) add({ at, kind: "removed" });
      if (thorough || i % 2 === 1) add({ at, kind: "replaced" });
    }
    const close = await closeInstants(session, made, table, thorough ? 8 : 1);
    const undated = await instantsOfUndated(session, made, table);
    for (const at of [...close, ...undated]) add({ at, kind: "removed" });
    if (thorough) for (const at of undated) add({ at, kind: "replaced" });
  }
  return [...tries.values()];
}

/** Times of rows after which the table has rows. */
function timesBefore({ table, time }: MadeRows, { stored, availableAt }: LoadedFurtherTable): string {
  const newest = `(SELECT max(${instantSql(availableAt!)}) FROM ${stored})`;
  return `SELECT DISTINCT ${instantSql(time)} AS t FROM ${table} WHERE ${instantSql(time)} < ${newest}`;
}

/** A row whose time is missing was not known to any row, the last one either. */
async function instantsOfUndated(session: Session, made: MadeRows, table: LoadedFurtherTable): Promise<number[]> {
  const [row] = await session.rows(
    `SELECT max(${instantSql(made.time)}) FROM ${made.table} WHERE EXISTS (FROM ${table.stored} WHERE ${identifier(table.availableAt!)} IS NULL)`,
  );
  return typeof row![0] === "number" ? [row![0]] : [];
}

async function spreadInstants(
  session: Session,
  made: MadeRows,
  table: LoadedFurtherTable,
  shares: readonly number[],
): Promise<number[]> {
  const [row] = await session.rows(
    `SELECT quantile_disc(t, [${shares.join(", ")}]) FROM (${timesBefore(made, table)})`,
  );
  return [...new Set((row![0] as readonly number[] | null) ?? [])];
}

/** Times of rows that the table's next row follows most closely, the closest first. */
async function closeInstants(
  session: Session,
  made: MadeRows,
  table: LoadedFurtherTable,
  most: number,
): Promise<number[]> {
  const next = `SELECT DISTINCT ${instantSql(table.availableAt!)} AS a FROM ${table.stored}`;
  const rows = await session.rows(
    `SELECT t FROM (${timesBefore(made, table)}) r ASOF JOIN (${next}) d ON d.a > r.t ORDER BY d.a - r.t, t DESC LIMIT ${most}`,
  );
  return rows.map(([at]) => Number(at));
}

/** @returns rows that can be compared; 0 also where the statement fails on what it never meets otherwise. */
async function prepareAltered(session: Session, made: MadeRows, { at, kind }: Try): Promise<number> {
  for (const table of dated(made)) {
    await session.run(viewOf(table, kind === "removed" ? rowsKnownAt(table, at) : replacedSql(table, at)));
  }
  const columns = made.features.map(
    ({ name, type }) => `CAST(${identifier(name)} AS ${storedAs[type]}) AS ${identifier(name)}`,
  );
  const own = made.identity.filter((name) => !made.features.some((feature) => feature.name === name)).map(identifier);
  try {
    await session.run(`CREATE OR REPLACE TEMP VIEW refit_result AS ${made.statement}`);
    await session.run(
      `CREATE OR REPLACE TEMP TABLE ${altered} AS SELECT ${[...columns, ...own].join(", ")} FROM refit_result WHERE ${instantSql(made.time)} <= ${at}`,
    );
    const using = made.identity.map(identifier).join(", ");
    const [row] = await session.rows(`SELECT count(*) FROM ${altered} SEMI JOIN ${made.table} USING (${using})`);
    return Number(row![0]);
  } catch (error) {
    if (error instanceof DataLimitError) throw error;
    return 0;
  }
}

/** Each value of a row that was not known comes from another such row, every column from a different one. */
function replacedSql(table: LoadedFurtherTable, at: number): string {
  const known = `coalesce(${instantSql(table.availableAt!)} <= ${at}, false)`;
  const order = `PARTITION BY ${known} ORDER BY ${rowColumn}, rowid`;
  const columns = table.columns.map(({ name }, i) => {
    const value = identifier(name);
    if (name === table.availableAt) return value;
    return `CASE WHEN ${known} THEN ${value} ELSE lag(${value}, ${(i % 5) + 1}) OVER (${order}) END AS ${value}`;
  });
  return `SELECT ${columns.join(", ")} FROM ${table.stored}`;
}

/**
 * Rows up to an instant in which one of the features is another one. Sums over doubles depend on the order of their rows in the last
 * bits, so that numbers are compared as floats, in two ways: what lies on the edge between two floats once does not do so twice.
 */
async function changedRows(
  session: Session,
  made: MadeRows,
  features: readonly ColumnInfo[],
  at: number,
): Promise<number> {
  const using = made.identity.map(identifier).join(", ");
  let changed = 0;
  for (const factor of ["", " * 1.37"]) {
    const values = features.map(({ name, type }) =>
      type === "number" ? `CAST(CAST(${identifier(name)} AS DOUBLE)${factor} AS FLOAT)` : identifier(name),
    );
    const select = `SELECT ${using}, ${values.map((value, i) => `${value} AS v${i}`).join(", ")}`;
    const [row] = await session.rows(
      `SELECT count(*) FROM (${select} FROM ${altered} SEMI JOIN ${made.table} USING (${using}) ` +
        `EXCEPT ALL ${select} FROM ${made.table} WHERE ${instantSql(made.time)} <= ${at})`,
    );
    changed = Number(row![0]);
    if (changed === 0) return 0;
  }
  return changed;
}
