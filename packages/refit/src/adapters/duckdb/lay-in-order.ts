import type { ColumnInfo } from "@refit/core/data";
import { rowColumn } from "./load.ts";
import type { Session } from "./session.ts";
import { columnsAtOnce, identifier } from "./sql-text.ts";

/** Rows to be laid into a table. */
interface UnorderedRows {
  readonly table: string;
  /** The statement that gives them, with their digest. */
  readonly statement: string;
  readonly columns: readonly ColumnInfo[];
}

/**
 * Lays rows into a table by time, then key, then digest; rows that are equal there by what they are. Most often none are that are
 * not the same, and to sort by all columns takes a third more.
 */
export async function layInOrder(
  session: Session,
  { table, statement, columns }: UnorderedRows,
  { time, key }: { readonly time: string | null; readonly key: readonly string[] },
): Promise<void> {
  const names = columns.map(({ name }) => identifier(name));
  const order = [...(time === null ? [] : [time]), ...key].map((name) => identifier(name));
  const lay = (by: readonly string[]) =>
    session.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${statement} ORDER BY ${by.join(", ")}`);
  await lay([...order, rowColumn]);
  if (await haveDifferingTies(session, table, names)) await lay([...order, rowColumn, ...names]);
}

/** Whether neighbours have one digest and differ all the same, as where a join makes two rows of one. @param names SQL of the columns. */
async function haveDifferingTies(session: Session, table: string, names: readonly string[]): Promise<boolean> {
  const areAny = async (condition: string) => {
    const [counted] = await session.rows(
      `SELECT count(*) FROM (SELECT ${condition} AS found FROM ${table}) WHERE found`,
    );
    return Number(counted![0]) > 0;
  };
  const isTie = `${rowColumn} = lag(${rowColumn}) OVER ()`;
  if (!(await areAny(isTie))) return false;
  const values = `row(${names.join(", ")})`;
  return names.length > columnsAtOnce || areAny(`${isTie} AND ${values} IS DISTINCT FROM lag(${values}) OVER ()`);
}
