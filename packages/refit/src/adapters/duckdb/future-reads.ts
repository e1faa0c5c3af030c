import type { ColumnInfo } from "@refit/core/data";
import { DataLimitError } from "@refit/core/errors";
import type { FutureRead, FutureReads, OrderRead } from "../../ports/tables.ts";
import { storedAs } from "./column-types.ts";
import { rowsKnownAt, rowsOf, viewOf, type LoadedFurtherTable } from "./further-tables.ts";
import { instantSql } from "./instant-sql.ts";
import { rowColumn } from "./load.ts";
import {
  changeOwnRows,
  copyOwnRows,
  knownColumn,
  ownTable,
  restoreOwnRows,
  type OwnChange,
  type OwnRows,
} from "./own-rows.ts";
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
  /** `null`: no row is made of other rows of the model. */
  readonly own: OwnRows | null;
}

/** Prepared rows, and which of their columns are looked at. */
interface MadeRows extends HowMade {
  /** The table that they lie in. */
  readonly table: string;
  readonly features: readonly ColumnInfo[];
}

/** One try: at an instant, rows that were not known by then are taken away, or get other values. */
interface Try {
  readonly at: number;
  readonly kind: "removed" | "replaced";
}

/** Rows that are known from a time on. */
interface DatedRows {
  /** The table that they lie in. */
  readonly stored: string;
  /** SQL of that time, epoch milliseconds; `null` where a row was never known. */
  readonly known: string;
}

const altered = "refit_altered";

/** Later than every row. */
const never = Number.MAX_SAFE_INTEGER;

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
  if (made === null || features.length === 0) return { columns: [], compared: 0, unordered: [] };
  const rows = { ...made, table, features };
  const unordered = await session.withinTime(() => tryOrder(session, rows));
  const ofTables = await session.withinTime(() => tryTables(session, rows, thorough));
  const { own } = made;
  if (own === null) return { ...ofTables, unordered };
  const found = new Set(ofTables.columns.map(({ column }) => column));
  const others = { ...rows, features: features.filter(({ name }) => !found.has(name)) };
  const ofOwn = await session.withinTime(() => tryOwnRows(session, others, own, thorough));
  const compared = ofTables.compared + ofOwn.compared;
  return { columns: [...ofTables.columns, ...ofOwn.columns], compared, unordered };
}

type Tried = Omit<FutureReads, "unordered">;

/**
 * Features that change when the rows of a further table stand in the opposite order, as where `ASOF JOIN` takes one of two rows with the
 * same key and the same time. What the files say is then not enough to say what the feature is.
 */
async function tryOrder(session: Session, made: MadeRows): Promise<OrderRead[]> {
  const found = new Map<string, OrderRead>();
  for (const table of made.tables) {
    try {
      // Laid out anew, since a join asks for no order.
      await session.run(
        `CREATE OR REPLACE TEMP TABLE ${reversed} AS ${rowsOf(table)} ORDER BY row_number() OVER () DESC`,
      );
      await session.run(viewOf(table, `SELECT * FROM ${reversed}`));
      const { name, availableAt } = table;
      if ((await prepareAltered(session, made, never)) === 0) continue;
      for (const [column, rows] of await changedFeatures(session, made, found, never)) {
        const at = await firstChanged(session, made, column);
        found.set(column, { column, table: name, availableAt, rows, at });
      }
    } finally {
      await session.run(viewOf(table, rowsOf(table)));
      await session.run(`DROP TABLE IF EXISTS ${reversed}`);
    }
  }
  return [...found.values()];
}

const reversed = "refit_reversed";

/** The instant of the first row that has another value, epoch milliseconds. */
async function firstChanged(session: Session, made: MadeRows, column: string): Promise<number> {
  const using = made.identity.map(identifier).join(", ");
  const isNumber = made.features.some(({ name, type }) => name === column && type === "number");
  const told = (value: string) => (isNumber ? `CAST(${value} AS FLOAT)` : value);
  const value = identifier(column);
  const [row] = await session.rows(
    `SELECT min(${instantSql(made.time)}) FROM ${made.table} m JOIN (SELECT ${using}, ${value} AS refit_other FROM ${altered}) ` +
      `USING (${using}) WHERE ${told(`m.${value}`)} IS DISTINCT FROM ${told("refit_other")}`,
  );
  return Number(row![0]);
}

async function tryTables(session: Session, made: MadeRows, thorough: boolean): Promise<Tried> {
  const found = new Map<string, FutureRead>();
  let compared = 0;
  try {
    for (const { at, kind } of await triesOf(session, made, dated(made).map(datedRows), thorough)) {
      for (const table of dated(made)) {
        await session.run(viewOf(table, kind === "removed" ? rowsKnownAt(table, at) : replacedSql(table, at)));
      }
      const rows = await prepareAltered(session, made, at);
      compared += rows;
      if (rows === 0) continue;
      for (const [column, changed] of await changedFeatures(session, made, found, at)) {
        found.set(column, { column, reads: "tables", at, rows: changed });
      }
    }
  } finally {
    for (const table of dated(made)) await session.run(viewOf(table, rowsOf(table)));
  }
  return { columns: [...found.values()], compared };
}

/** What alters nothing that a feature may use, and the same that a try alters besides the rows: where it changes a feature, the try tells nothing. */
const controls = { removed: "reversed", replaced: "same" } as const;

/**
 * As with further tables, over the rows of `source`. Which of several rows of one time a window takes for the first depends on all
 * rows, so taking rows away says nothing of a feature that depends on their order; other values in the same rows do.
 */
async function tryOwnRows(session: Session, made: MadeRows, own: OwnRows, thorough: boolean): Promise<Tried> {
  const found = new Map<string, FutureRead>();
  let compared = 0;
  const unsteady = new Map<OwnChange, ReadonlyMap<string, number>>();
  const change = async (kind: OwnChange, at: number): Promise<number> => {
    await changeOwnRows(session, own, kind, at);
    return prepareAltered(session, made, at);
  };
  const changedBy = async (control: OwnChange): Promise<ReadonlyMap<string, number>> => {
    const before = unsteady.get(control);
    if (before !== undefined) return before;
    await change(control, never);
    const changed = await changedFeatures(session, made, found, never);
    unsteady.set(control, changed);
    return changed;
  };
  try {
    await copyOwnRows(session, own, made);
    const rowsOfSource = { stored: ownTable, known: knownColumn };
    for (const { at, kind } of await triesOf(session, made, [rowsOfSource], thorough)) {
      const rows = await change(kind, at);
      compared += rows;
      const changed = rows === 0 ? new Map<string, number>() : await changedFeatures(session, made, found, at);
      if (changed.size === 0) continue;
      const unsure = await changedBy(controls[kind]);
      const sure = [...changed].filter(([column]) => !unsure.has(column));
      if (sure.length === 0) continue;
      const readable = own.labels.length > 0 && (await change("labels", at)) > 0;
      const ofLabels = readable ? await changedFeatures(session, made, found, at) : new Map<string, number>();
      for (const [column, count] of sure) {
        found.set(column, { column, reads: ofLabels.has(column) ? "target" : "source", at, rows: count });
      }
    }
  } finally {
    await restoreOwnRows(session);
  }
  return { columns: [...found.values()], compared };
}

/** Rows up to an instant in which a feature is another one, by feature; those that were found before are left out. */
async function changedFeatures(
  session: Session,
  made: MadeRows,
  found: ReadonlyMap<string, unknown>,
  at: number,
): Promise<Map<string, number>> {
  const changed = new Map<string, number>();
  const features = made.features.filter(({ name }) => !found.has(name));
  if (features.length === 0 || (await changedRows(session, made, features, at)) === 0) return changed;
  for (const feature of features) {
    const rows = await changedRows(session, made, [feature], at);
    if (rows > 0) changed.set(feature.name, rows);
  }
  return changed;
}

const dated = ({ tables }: MadeRows) => tables.filter(({ availableAt }) => availableAt !== null);

const datedRows = ({ stored, availableAt }: LoadedFurtherTable): DatedRows => ({
  stored,
  known: instantSql(availableAt!),
});

/**
 * What is tried. Each table has its own instants, as one that ends early has nothing to alter at those of another.
 *
 * A look ahead shows at an instant only in rows that lie before it by no more than it looks ahead, so besides instants spread over
 * all times there is the one that the table's next row follows most closely.
 */
async function triesOf(
  session: Session,
  made: MadeRows,
  tables: readonly DatedRows[],
  thorough: boolean,
): Promise<Try[]> {
  const tries = new Map<string, Try>();
  const add = (each: Try) => void tries.set(`${each.kind} ${each.at}`, each);
  for (const table of tables) {
    const spread = await spreadInstants(session, made, table, thorough ? [0.1, 0.3, 0.5, 0.7, 0.9] : [0.5, 0.9]);
    for (const [i, at] of spread.entries()) {
      if (thorough || i % 2 === 0) add({ at, kind: "removed" });
      if (thorough || i % 2 === 1) add({ at, kind: "replaced" });
    }
    const close = await closeInstants(session, made, table, thorough ? 8 : 1);
    const undated = table.stored === ownTable ? [] : await instantsOfUndated(session, made, table);
    for (const at of [...close, ...undated]) add({ at, kind: "removed" });
    if (thorough) for (const at of undated) add({ at, kind: "replaced" });
  }
  return [...tries.values()];
}

/** Times of rows after which the table has rows. */
function timesBefore({ table, time }: MadeRows, { stored, known }: DatedRows): string {
  const newest = `(SELECT max(${known}) FROM ${stored})`;
  return `SELECT DISTINCT ${instantSql(time)} AS t FROM ${table} WHERE ${instantSql(time)} < ${newest}`;
}

/** A row whose time is missing was not known to any row, the last one either. */
async function instantsOfUndated(session: Session, made: MadeRows, table: DatedRows): Promise<number[]> {
  const [row] = await session.rows(
    `SELECT max(${instantSql(made.time)}) FROM ${made.table} WHERE EXISTS (FROM ${table.stored} WHERE ${table.known} IS NULL)`,
  );
  return typeof row![0] === "number" ? [row![0]] : [];
}

async function spreadInstants(
  session: Session,
  made: MadeRows,
  table: DatedRows,
  shares: readonly number[],
): Promise<number[]> {
  const [row] = await session.rows(
    `SELECT quantile_disc(t, [${shares.join(", ")}]) FROM (${timesBefore(made, table)})`,
  );
  return [...new Set((row![0] as readonly number[] | null) ?? [])];
}

/** Times of rows that the table's next row follows most closely, the closest first. */
async function closeInstants(session: Session, made: MadeRows, table: DatedRows, most: number): Promise<number[]> {
  const next = `SELECT DISTINCT ${table.known} AS a FROM ${table.stored}`;
  const rows = await session.rows(
    `SELECT t FROM (${timesBefore(made, table)}) r ASOF JOIN (${next}) d ON d.a > r.t ORDER BY d.a - r.t, t DESC LIMIT ${most}`,
  );
  return rows.map(([at]) => Number(at));
}

/** @returns rows that can be compared; 0 also where the statement fails on what it never meets otherwise. */
async function prepareAltered(session: Session, made: MadeRows, at: number): Promise<number> {
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
    const [row] = await session.rows(
      `SELECT count(*) FROM ${altered} SEMI JOIN ${rowsUntil(made, at)} USING (${using})`,
    );
    return Number(row![0]);
  } catch (error) {
    if (error instanceof DataLimitError) throw error;
    return 0;
  }
}

/** A row that gets another time with the future is not one of then. */
const rowsUntil = ({ table, time }: MadeRows, at: number) => `(FROM ${table} WHERE ${instantSql(time)} <= ${at})`;

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
      `SELECT count(*) FROM (${select} FROM ${altered} SEMI JOIN ${rowsUntil(made, at)} USING (${using}) ` +
        `EXCEPT ALL ${select} FROM ${made.table} WHERE ${instantSql(made.time)} <= ${at})`,
    );
    changed = Number(row![0]);
    if (changed === 0) return 0;
  }
  return changed;
}
