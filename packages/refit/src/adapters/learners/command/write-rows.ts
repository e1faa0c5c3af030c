import { open } from "node:fs/promises";
import path from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { csvOf, type Column } from "@refit/core/runtime";
import { duckdb } from "../../duckdb/duckdb.ts";
import { storedAs } from "../../duckdb/column-types.ts";
import { identifier, literal } from "../../duckdb/sql-text.ts";

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

/** Through a table of a database of its own: numbers as doubles, which the file then has as what they are. */
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
    await connection.run(
      `COPY (SELECT ${selected.join(", ")} FROM rows) TO ${literal(path.resolve(file))} (FORMAT parquet)`,
    );
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
    for (const [i, column] of columns.entries()) chunk.setColumnValues(i, valuesOf(column, first, count));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function valuesOf(column: Column, first: number, count: number): (string | number | null)[] {
  if (column.kind === "text") {
    const { dictionary, codes } = column;
    return Array.from(codes.subarray(first, first + count), (code) => dictionary[code] ?? null);
  }
  return Array.from(column.values.subarray(first, first + count), (value) => (Number.isNaN(value) ? null : value));
}

function typedSql(name: string, type: Column["type"]): string {
  if (type === "string" || type === "file" || type === "number") return name;
  if (type === "boolean") return `${name} <> 0`;
  if (type === "integer") return `CAST(${name} AS BIGINT)`;
  return `CAST(make_timestamp(CAST(${name} AS BIGINT) * 1000) AS ${storedAs[type]})`;
}
