import type { TypedColumn } from "./typed-column.ts";
import { instantSql } from "./instant-sql.ts";
import { presentRows } from "./keep-newest.ts";
import { rowColumn } from "./load.ts";
import type { CheckedSelect } from "./prepare-check.ts";
import type { ParseNode } from "./prepare-problem.ts";
import type { Session } from "./session.ts";
import { identifier } from "./sql-text.ts";

/** The model's own rows, where a statement may look from one of them at another. */
export interface OwnRows {
  /** Columns of `source`. */
  readonly columns: readonly string[];
  /** The column of `source` that has the name of the model's time and is one; `null`: `prepare` makes the time. */
  readonly time: string | null;
  /** Whether rows of the result are rows of `source`. */
  readonly isCarried: boolean;
  /** Columns that say which row it is, or by which rows are sorted, grouped or chosen. */
  readonly placing: readonly string[];
  /** Columns that the target is made of. */
  readonly labels: readonly string[];
}

/** What is done to own rows that were not known at an instant; `reversed` and `same` alter nothing but the order, or not even that. */
export type OwnChange = "removed" | "replaced" | "labels" | "reversed" | "same";

/** The rows in their order, each with the time since which it is known. */
export const ownTable = "refit_own";
/** Epoch milliseconds. A row for which no time is known is never altered. */
export const knownColumn = "__refit_known";
/** Place in `source`, since a column of a file may be called `rowid`. */
const placeColumn = "__refit_place";
const changedTable = "refit_own_changed";

/** @returns `null`: each row of the result is made of one row of `source`, so none can look at another. */
export function ownRows(
  selects: readonly CheckedSelect[],
  columns: readonly TypedColumn[],
  own: {
    readonly time: string;
    readonly key: readonly string[];
    readonly target: string;
    readonly isCarried: boolean;
    readonly targetInputs: readonly string[];
  },
): OwnRows | null {
  const trees = selects.map(({ node }) => node);
  const counted = { queries: 0, sources: 0, windows: 0 };
  const placing = new Set([own.time, ...own.key].map((name) => name.toLowerCase()));
  for (const tree of trees) look(tree, counted, placing, false);
  const looksAround = counted.windows > 0 || counted.queries > 1 || counted.sources > 1 || !own.isCarried;
  if (!looksAround) return null;
  const names = columns.map(({ name }) => name);
  const time = columns.find(({ name, type }) => name === own.time && (type === "date" || type === "datetime"));
  return {
    columns: names,
    time: time?.name ?? null,
    isCarried: own.isCarried,
    placing: names.filter((name) => placing.has(name.toLowerCase())),
    labels: names.includes(own.target) ? [own.target] : own.targetInputs.filter((name) => names.includes(name)),
  };
}

/** Parts of a statement that decide which rows there are, and in which order or group. */
const placingParts = new Set([
  "arg_orders",
  "condition",
  "group_expressions",
  "order_bys",
  "orders",
  "partitions",
  "using_columns",
  "where_clause",
]);

function look(
  value: unknown,
  counted: { queries: number; sources: number; windows: number },
  placing: Set<string>,
  isPlacing: boolean,
): void {
  if (isPlacing && typeof value === "string") placing.add(value.toLowerCase());
  if (Array.isArray(value)) for (const each of value) look(each, counted, placing, isPlacing);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const node = value as ParseNode;
  if (node["class"] === "WINDOW") counted.windows++;
  if (String(node["type"]).endsWith("_NODE")) counted.queries++;
  if (node["type"] === "BASE_TABLE" && String(node["table_name"]).toLowerCase() === "source") counted.sources++;
  if (isPlacing && node["class"] === "COLUMN_REF")
    placing.add(String((node["column_names"] as string[]).at(-1)).toLowerCase());
  for (const [name, part] of Object.entries(node)) {
    const decides = placingParts.has(name);
    if (typeof part === "object")
      look(part, counted, placing, decides || (isPlacing && node["class"] !== "COLUMN_REF"));
  }
}

/** Copies the rows, with the time since which each is known. */
export async function copyOwnRows(
  session: Session,
  { time, isCarried }: OwnRows,
  made: { readonly table: string; readonly time: string },
): Promise<void> {
  const own = time === null ? "NULL::DOUBLE" : instantSql(time);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${ownTable} AS SELECT *, ${own} AS ${knownColumn}, row_number() OVER () AS ${placeColumn} FROM source`,
  );
  if (!isCarried) return;
  // A row knows itself, also where `prepare` gives it an earlier time than the source does.
  await session.run(
    `UPDATE ${ownTable} SET ${knownColumn} = least(${knownColumn}, m.t) ` +
      `FROM (SELECT ${rowColumn} AS r, min(${instantSql(made.time)}) AS t FROM ${made.table} GROUP BY r) m WHERE ${rowColumn} = m.r`,
  );
}

/** Lays changed rows under `source`. */
export async function changeOwnRows(session: Session, own: OwnRows, change: OwnChange, at: number): Promise<void> {
  const known = `coalesce(${knownColumn} <= ${at}, true)`;
  if (change === "removed") {
    await session.run(sourceView(`SELECT * EXCLUDE (${knownColumn}, ${placeColumn}) FROM ${ownTable} WHERE ${known}`));
    return;
  }
  // In a table of their own, since the order of rows of one time can decide what a window gives.
  const isKept = (name: string) => (change === "labels" ? !own.labels.includes(name) : own.placing.includes(name));
  const columns = own.columns.map((name, i) => {
    const value = identifier(name);
    if (change === "same" || change === "reversed" || isKept(name)) return value;
    const other = `lag(${value}, ${(i % 5) + 1}) OVER (PARTITION BY ${known} ORDER BY ${rowColumn}, ${placeColumn})`;
    return `CASE WHEN ${known} THEN ${value} ELSE ${other} END AS ${value}`;
  });
  const order = change === "reversed" ? `${placeColumn} DESC` : placeColumn;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${changedTable} AS SELECT * EXCLUDE (${placeColumn}) FROM ` +
      `(SELECT ${[...columns, rowColumn, placeColumn].join(", ")} FROM ${ownTable}) ORDER BY ${order}`,
  );
  await session.run(sourceView(`FROM ${changedTable}`));
}

/** Gives `source` its rows again. */
export async function restoreOwnRows(session: Session): Promise<void> {
  await session.run(sourceView(presentRows(session)));
  await session.run(`DROP TABLE IF EXISTS ${changedTable}; DROP TABLE IF EXISTS ${ownTable}`);
}

const sourceView = (rows: string) => `CREATE OR REPLACE VIEW source AS ${rows}`;
