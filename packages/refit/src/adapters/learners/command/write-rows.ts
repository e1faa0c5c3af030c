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

/** Through a table of a database of its own: numbers as doubles, which the file then has as what they are, NaN for a missing one. */
async function writeParquet({ path: file, columns, rows }: RowsFile): Promise<void> {
  const { DuckDBInstance } = duckdb();
  const spill = { temp_directory: `${path.resolve(file)}.spill`, memory_limit: "1GiB", threads: "2" };
  const instance = await DuckDBInstance.create(":memory:", spill);
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const defined = columns.map((column, i) => `c${i} ${column.kind === "text" ? "VARCHAR" : "DOUBLE"}`);
    await connection.run(`CREATE TABLE rows (${defined.join(", ")})`);
    await append(connection, columns, rows);
    const selected = columns.map(({ name, type }, i) => `${typedSql(`c${i}`, type)} AS ${identifier(name)}`);
    await connection.run(`COPY (SELECT ${selected.join(", ")} FROM rows) TO ${literal(path.resolve(file))} (${plain})`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
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
  } else {
    const { dictionary, codes } = column;
    for (let i = 0; i < itemCount; i++) vector.setItem(i, dictionary[codes[first + i]!] ?? null);
  }
  vector.flush();
}

function typedSql(name: string, type: Column["type"]): string {
  if (type === "string" || type === "file") return name;
  const known = `CASE WHEN isnan(${name}) THEN NULL ELSE ${name} END`;
  if (type === "number") return known;
  if (type === "boolean") return `${known} <> 0`;
  if (type === "integer") return `CAST(${known} AS BIGINT)`;
  return `CAST(make_timestamp(CAST(${known} AS BIGINT) * 1000) AS ${storedAs[type]})`;
}
