import type { FileHead } from "./file-head.ts";
import { castSql, storedAs } from "./column-types.ts";
import { namedPart } from "./named-part.ts";
import { fileParts, rowsSql, textSql } from "./file-rows.ts";
import type { Session } from "./session.ts";
import type { TypedColumn } from "./typed-column.ts";
import { identifier, literal } from "./sql-text.ts";
import { wideFrom } from "./wide-texts.ts";

/** Row digest (UBIGINT) that travels through `prepare`; NULL until `identify` of the loaded files was called. */
export const rowColumn = "__refit_row";
/** Number of the file, from 0; stays behind in the table. */
export const fileColumn = "__refit_file";
/** Number of the row in its file, from 1; stays behind in the table. */
export const numberColumn = "__refit_number";
/** The rows with these columns, below the view `source`. */
export const sourceTable = "refit_source";
/** Where they lie. */
export const loadedTable = "refit_loaded";

/** Reads all files into one typed table, in file order, and lays the view `source` over it. */
export async function loadSource(
  session: Session,
  heads: readonly FileHead[],
  columns: readonly TypedColumn[],
): Promise<void> {
  await createTable(session, columns, [`${numberColumn} INTEGER`]);
  const textOf = columns.length > wideFrom ? nestedTextSql : textSql;
  const values = columns.map(({ type, field, missingValues }, i) =>
    castSql(textOf(`raw${i}`, missingValues), type, field),
  );
  for (const files of fileParts(heads)) {
    await insertRows(
      session,
      `SELECT ${values.join(", ")}, ${digestSql(heads, columns)}, file, number FROM ${rowsSql(files, columns)}`,
    );
  }
  await layViews(session, shownColumns(columns, []));
}

/** Values of which each one more doubles the plan. */
const mostNested = 3;

/** As `textSql`, which DuckDB plans in half a minute for 10,000 columns, and this in a second. */
function nestedTextSql(raw: string, missingValues: readonly string[]): string {
  if (missingValues.length > mostNested) return textSql(raw, missingValues);
  return missingValues.reduce((text, missing) => `nullif(${text}, ${literal(missing)})`, raw);
}

/** @param besides columns after those of the source, the row digest and the file. */
export async function createTable(
  session: Session,
  columns: readonly TypedColumn[],
  besides: readonly string[],
): Promise<void> {
  const stored = columns.map(({ name, type }) => `${identifier(name)} ${storedAs[type]}`);
  const own = [`${rowColumn} UBIGINT`, `${fileColumn} INTEGER`, ...besides];
  await session.run(`CREATE TABLE ${loadedTable} (${[...stored, ...own].join(", ")})`);
}

/** To look for what columns have in common takes a time that grows with the square of their number, and finds nothing here. */
export async function insertRows(session: Session, sql: string): Promise<void> {
  await session.run("SET disabled_optimizers = 'common_subexpressions'");
  try {
    await session.run(`INSERT INTO ${loadedTable} ${sql}`);
  } finally {
    await session.run("RESET disabled_optimizers");
  }
}

/** What `source` shows. */
export const sourceSql = `SELECT * EXCLUDE (${fileColumn}, ${numberColumn}) FROM ${sourceTable}`;

/**
 * SQL of what the views over the rows show, for `layViews`: of files the paths.
 *
 * @param besides SQL of columns that the table does not have: `numberColumn`.
 */
export function shownColumns(columns: readonly TypedColumn[], besides: readonly string[]): string {
  const paths = columns
    .filter(({ type }) => type === "file")
    .map(({ name }) => `${namedPart(identifier(name), "path")} AS ${identifier(name)}`);
  const all = paths.length === 0 ? "*" : `* REPLACE (${paths.join(", ")})`;
  return [all, ...besides].join(", ");
}

/** Lays `source` over the rows, and what refit itself reads. */
export async function layViews(session: Session, shown: string): Promise<void> {
  await session.run(`CREATE OR REPLACE VIEW ${sourceTable} AS SELECT ${shown} FROM ${loadedTable}`);
  await session.run(`CREATE OR REPLACE VIEW source AS ${sourceSql}`);
}

/**
 * First 64 bits of the sha256 of a raw row: name and text of each field that is there, in name order.
 *
 * A field without a value adds nothing, so a column that begins in a later file leaves older rows what they were. In CSV
 * every field has a text.
 */
export function digestSql(heads: readonly FileHead[], columns: readonly TypedColumn[]): string {
  const named = columns
    .map(({ raw, positions }, i) => ({ raw, positions, i }))
    .sort((a, b) => (a.raw < b.raw ? -1 : 1));
  const onlyCsv = heads.every(({ format }) => format === "csv");
  const parts: string[] = [];
  let between = "";
  const closeText = (): void => {
    if (between !== "") parts.push(literal(between));
    between = "";
  };
  for (const { raw, positions, i } of named) {
    const before = `${raw}\u001f`;
    if (onlyCsv && positions.every((position) => position >= 0)) {
      between += before;
      closeText();
      parts.push(`raw${i}`);
      between = "\u001e";
    } else {
      closeText();
      parts.push(`${literal(before)} || raw${i} || '\u001e'`);
    }
  }
  closeText();
  return first64Sql(`concat(${parts.join(", ")})`);
}

/** SQL for the first 64 bits of a text's sha256. */
export function first64Sql(text: string): string {
  return `CAST('0x' || left(sha256(${text}), 16) AS UBIGINT)`;
}
