import { open } from "node:fs/promises";
import path from "node:path";
import type { DuckDBConnection, DuckDBVector } from "@duckdb/node-api";
import { csvOf, type Column } from "@refit/core/runtime";
import { duckdb } from "../../duckdb/duckdb.ts";
import { storedAs } from "../../duckdb/column-types.ts";
import { identifier, literal } from "../../duckdb/sql-text.ts";
import { vectorItems } from "../../duckdb/vector-items.ts";

/** A file of rows for a program. */
export interface RowsFile {
  /** Its ending says the format. */
  readonly path: string;
  readonly columns: readonly Column[];
  readonly rows: number;
}

export async function writeRows(file: RowsFile): Promise<void> {
  await (file.path.endsWith(".csv") ? writeCsv(file) : writeParquet(file));
}

async function writeCsv({ path: file, columns, rows }: RowsFile): Promise<void> {
  const handle = await open(file, "wx");
  try {
    for (const text of csvOf(columns, rows)) await handle.write(text);
  } finally {
    await handle.close();
  }
}

/**
 * Rows are read once, and on this machine as a rule: to look for values that repeat and to compress them takes most of the time that
 * writing takes.
 */
const plain = "FORMAT parquet, COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 1";

/**
 * Through a table of a database of its own: numbers as doubles, which the file then has as what they are, NaN for a missing one, and texts
 * as places in a list, since to hand over a text for each row takes most of the time.
 */
async function writeParquet({ path: file, columns, rows }: RowsFile): Promise<void> {
  const { DuckDBInstance } = duckdb();
  const spill = { temp_directory: `${path.resolve(file)}.spill`, memory_limit: "1GiB", threads: "2" };
  const instance = await DuckDBInstance.create(":memory:", spill);
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const defined = columns.map((column, i) => `c${i} ${storedType(column)}`);
    await connection.run(`CREATE TABLE rows (${defined.join(", ")})`);
    for (const [i, column] of columns.entries()) {
      if (column.kind === "text" && isListed(column)) await keepTexts(connection, column, textsOf(i));
    }
    await append(connection, columns, rows);
    const selected = columns.map((column, i) => `${typedSql(column, i)} AS ${identifier(column.name)}`);
    await connection.run(`COPY (SELECT ${selected.join(", ")} FROM rows) TO ${literal(path.resolve(file))} (${plain})`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Distinct texts of a column that is handed over as places in a list of them, which DuckDB copies for each of its chunks. */
const MOST_LISTED = 20_000;
/** Rows for each of the texts, for the list to be worth its making. */
const ROWS_PER_TEXT = 10;

type OfTexts = Extract<Column, { kind: "text" }>;

function isListed({ dictionary, codes }: OfTexts): boolean {
  const texts = dictionary.length;
  return texts > 0 && texts <= MOST_LISTED && ROWS_PER_TEXT * texts <= codes.length;
}

function storedType(column: Column): string {
  if (column.kind === "number") return "DOUBLE";
  return isListed(column) ? "INTEGER" : "VARCHAR";
}

/** Variable of the texts of a column. */
const textsOf = (i: number) => `texts${i}`;

async function keepTexts(connection: DuckDBConnection, { dictionary }: OfTexts, name: string): Promise<void> {
  await connection.run(`CREATE TABLE ${name} (place INTEGER, value VARCHAR)`);
  const appender = await connection.createAppender(name);
  for (const [place, value] of dictionary.entries()) {
    appender.appendInteger(place);
    appender.appendVarchar(value);
    appender.endRow();
  }
  appender.closeSync();
  await connection.run(`SET VARIABLE ${name} = (SELECT list(value ORDER BY place) FROM ${name})`);
  await connection.run(`DROP TABLE ${name}`);
}

/** Rows that DuckDB takes at once. */
const chunkRows = 2048;

async function append(connection: DuckDBConnection, columns: readonly Column[], rows: number): Promise<void> {
  const { DuckDBDataChunk } = duckdb();
  const appender = await connection.createAppender("rows");
  const types = columns.map((_, i) => appender.columnType(i));
  for (let first = 0; first < rows; first += chunkRows) {
    const count = Math.min(chunkRows, rows - first);
    const chunk = DuckDBDataChunk.create(types, count);
    for (const [i, column] of columns.entries()) fill(chunk.getColumnVector(i), column, first);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** @param first row of the column that the vector begins with. */
function fill(vector: DuckDBVector, column: Column, first: number): void {
  const { itemCount } = vector;
  if (column.kind === "number") {
    vectorItems(vector, Float64Array).set(column.values.subarray(first, first + itemCount));
  } else if (isListed(column)) {
    vectorItems(vector, Int32Array).set(column.codes.subarray(first, first + itemCount));
  } else {
    const { dictionary, codes } = column;
    for (let i = 0; i < itemCount; i++) vector.setItem(i, dictionary[codes[first + i]!] ?? null);
  }
  vector.flush();
}

function typedSql(column: Column, i: number): string {
  const name = `c${i}`;
  // Places in SQL count from 1; at 0, that of a missing text, there is nothing.
  if (column.kind === "text" && isListed(column)) return `getvariable(${literal(textsOf(i))})[${name} + 1]`;
  const { type } = column;
  if (type === "string" || type === "file") return name;
  const known = `CASE WHEN isnan(${name}) THEN NULL ELSE ${name} END`;
  if (type === "number") return known;
  if (type === "boolean") return `${known} <> 0`;
  if (type === "integer") return `CAST(${known} AS BIGINT)`;
  return `CAST(make_timestamp(CAST(${known} AS BIGINT) * 1000) AS ${storedAs[type]})`;
}
