import type { FileHead } from "./file-head.ts";
import { castSql, storedAs } from "./column-types.ts";
import { fileParts, rowsSql, textSql } from "./file-rows.ts";
import type { Session } from "./session.ts";
import type { TypedColumn } from "./typed-column.ts";
import { identifier, literal } from "./sql-text.ts";

/** Row digest (UBIGINT) that travels through `prepare`. */
export const rowColumn = "__refit_row";
/** Number of the file, from 0; stays behind in the table. */
export const fileColumn = "__refit_file";
/** Number of the row in its file, from 1; stays behind in the table. */
export const numberColumn = "__refit_number";
/** The table below the view `source`. */
export const sourceTable = "refit_source";

/** Reads all files into one typed table, in file order, and lays the view `source` over it. */
export async function loadSource(
  session: Session,
  heads: readonly FileHead[],
  columns: readonly TypedColumn[],
): Promise<void> {
  const stored = columns.map(({ name, type }) => `${identifier(name)} ${storedAs[type]}`);
  const own = [`${rowColumn} UBIGINT`, `${fileColumn} INTEGER`, `${numberColumn} INTEGER`];
  await session.run(`CREATE TABLE ${sourceTable} (${[...stored, ...own].join(", ")})`);
  const values = columns.map(({ type, field, missingValues }, i) =>
    castSql(textSql(`raw${i}`, missingValues), type, field),
  );
  // To look for what columns have in common takes a time that grows with the square of their number, and finds nothing here.
  await session.run("SET disabled_optimizers = 'common_subexpressions'");
  for (const files of fileParts(heads)) {
    await session.run(
      `INSERT INTO ${sourceTable} SELECT ${values.join(", ")}, ${digestSql(columns)}, file, number FROM ${rowsSql(files, columns)}`,
    );
  }
  await session.run("RESET disabled_optimizers");
  await session.run(`CREATE VIEW source AS SELECT * EXCLUDE (${fileColumn}, ${numberColumn}) FROM ${sourceTable}`);
}

/**
 * First 64 bits of the sha256 of a raw row: name and text of each field that is there, in name order.
 *
 * A field without a value adds nothing, so a column that begins in a later file leaves older rows what they were.
 */
function digestSql(columns: readonly TypedColumn[]): string {
  const named = columns.map(({ raw }, i) => ({ raw, i })).sort((a, b) => (a.raw < b.raw ? -1 : 1));
  const fields = named.map(({ raw, i }) => `${literal(`${raw}\u001f`)} || raw${i} || '\u001e'`);
  return first64Sql(`concat(${fields.join(", ")})`);
}

/** SQL for the first 64 bits of a text's sha256. */
export function first64Sql(text: string): string {
  return `CAST('0x' || left(sha256(${text}), 16) AS UBIGINT)`;
}
