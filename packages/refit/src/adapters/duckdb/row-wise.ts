import type { ColumnInfo } from "@refit/core/data";
import { DataLimitError } from "@refit/core/errors";

import { castColumns } from "./column-types.ts";
import { presentRows } from "./keep-newest.ts";
import { rowColumn } from "./load.ts";
import type { Session } from "./session.ts";
import { identifier } from "./sql-text.ts";

/** Prepared rows that carry the digest of their source row, and the columns that are compared. */
export interface CarriedRows {
  /** The statement that gives them. */
  readonly statement: string;
  /** The table that they lie in. */
  readonly table: string;
  readonly columns: readonly ColumnInfo[];
}

/** Rows that are prepared without the others, together and each by itself. */
const mostTogether = 1000;
const mostAlone = 8;
/** To plan a statement over many columns takes long. */
const wide = 500;

/**
 * Whether a row is prepared to the same values whichever rows are beside it. Rows that few others bear on show themselves where many
 * are taken out together, and what depends on there being others at all in rows by themselves. Numbers are compared as the floats
 * that models read, since sums over doubles depend on the order of their rows in the last bits.
 */
export async function isRowWise(session: Session, rows: CarriedRows): Promise<boolean> {
  const sample = await session.rows(
    `SELECT DISTINCT ${rowColumn} FROM ${rows.table} ORDER BY ${rowColumn} LIMIT ${2 * mostTogether}`,
  );
  // At most half of the rows, so that others are missing.
  const digests = sample.slice(0, Math.ceil(sample.length / 2)).map(([digest]) => String(digest));
  const alone = digests.slice(0, rows.columns.length > wide ? 2 : mostAlone).map((digest) => [digest]);
  if (digests.length === 0) return false;
  try {
    for (const trial of [digests, ...alone]) if (!(await isSame(session, rows, trial))) return false;
    return true;
  } finally {
    await session.run(`CREATE OR REPLACE VIEW source AS ${presentRows(session)}`);
    await session.run(`DROP TABLE IF EXISTS ${trialTable}; DROP TABLE IF EXISTS ${taken}`);
  }
}

const trialTable = "refit_trial";
const taken = "refit_taken";

/** @param digests of the source rows that stay; of one, one row, also where others are equal to it. */
async function isSame(
  session: Session,
  { statement, table, columns }: CarriedRows,
  digests: readonly string[],
): Promise<boolean> {
  const among = `${rowColumn} IN (${digests.map((digest) => `${digest}::UBIGINT`).join(", ")})`;
  const once = digests.length === 1 ? " LIMIT 1" : "";
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${taken} AS SELECT * FROM (${presentRows(session)}) WHERE ${among}${once}`,
  );
  await session.run(`CREATE OR REPLACE VIEW source AS FROM ${taken}`);
  try {
    await session.run(`CREATE OR REPLACE TEMP VIEW refit_result AS ${statement}`);
    await session.run(
      `CREATE OR REPLACE TEMP TABLE ${trialTable} AS SELECT ${[...castColumns(columns), rowColumn].join(", ")} FROM refit_result`,
    );
  } catch (error) {
    if (error instanceof DataLimitError) throw error;
    return false;
  }
  const values = columns.map(({ name, type }) =>
    type === "number" ? `CAST(${identifier(name)} AS FLOAT)` : identifier(name),
  );
  const of = (from: string) => `SELECT ${[...values, rowColumn].join(", ")} FROM ${from} WHERE ${among}`;
  const [counts] = await session.rows(
    `SELECT (SELECT count(*) FROM (${of(trialTable)} EXCEPT ${of(table)})), (SELECT count(*) FROM (${of(table)} EXCEPT ${of(trialTable)})), ` +
      `(SELECT count(*) FROM ${trialTable}), (SELECT count(*) FROM ${taken})`,
  );
  const [more, less, given, sources] = counts!.map(Number) as [number, number, number, number];
  return more === 0 && less === 0 && given <= sources;
}
