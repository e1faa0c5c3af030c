import path from "node:path";
import type { Column } from "@refit/core/runtime";
import { temporaryFolder } from "@refit/testkit/folders";
import { expect, it } from "vitest";
import { duckdb } from "../../duckdb/duckdb.ts";
import { literal } from "../../duckdb/sql-text.ts";
import { writeRows } from "./write-rows.ts";

/** What a program reads: a row of texts for each row, `null` where it finds nothing. */
async function readBack(file: string): Promise<{ types: readonly string[]; rows: readonly (string | null)[][] }> {
  const instance = await duckdb().DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const result = await connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM ${literal(file)}`);
  const described = await connection.runAndReadAll(`SELECT column_type FROM (DESCRIBE SELECT * FROM ${literal(file)})`);
  connection.closeSync();
  instance.closeSync();
  return {
    types: described.getRows().map(([type]) => String(type)),
    rows: result.getRows() as (string | null)[][],
  };
}

it("writes values as what they are, and nothing where one is missing, over several chunks", async () => {
  const file = path.join(await temporaryFolder(), "rows.parquet");
  const rows = 5000;
  const number = (
    name: string,
    type: "number" | "integer" | "boolean" | "date" | "datetime",
    of: (row: number) => number,
  ) =>
    ({
      kind: "number",
      name,
      type,
      values: Float64Array.from({ length: rows }, (_, row) => (row % 7 === 3 ? NaN : of(row))),
    }) as const;
  const texts = (name: string, dictionary: readonly string[], of: (row: number) => number): Column => ({
    kind: "text",
    name,
    type: "string",
    dictionary,
    codes: Int32Array.from({ length: rows }, (_, row) => of(row)),
  });
  const own = Array.from({ length: rows }, (_, row) => `'${row}'`);
  const columns: Column[] = [
    number('a "b"', "number", (row) => (row === 1 ? -Infinity : row / 8)),
    number("whole", "integer", (row) => row * 1e9),
    number("yes", "boolean", (row) => row % 2),
    number("day", "date", (row) => row * 86_400_000),
    number("at", "datetime", (row) => row * 1001),
    texts("word", ["", "x", "é"], (row) => (row % 4) - 1),
    texts("own", own, (row) => row),
    texts("none", [], () => -1),
  ];

  await writeRows({ path: file, columns, rows });

  const both = await readBack(file);
  expect(both.types.slice(6)).toEqual(["VARCHAR", "VARCHAR"]);
  expect(both.rows.map((row) => row.slice(6))).toEqual(own.map((text) => [text, null]));
  const read = { types: both.types.slice(0, 6), rows: both.rows.map((row) => row.slice(0, 6)) };
  expect(read.types).toEqual(["DOUBLE", "BIGINT", "BOOLEAN", "DATE", "TIMESTAMP", "VARCHAR"]);
  expect(read.rows).toHaveLength(rows);
  expect(read.rows.slice(0, 4)).toEqual([
    ["0.0", "0", "false", "1970-01-01", "1970-01-01 00:00:00", null],
    ["-inf", "1000000000", "true", "1970-01-02", "1970-01-01 00:00:01.001", ""],
    ["0.25", "2000000000", "false", "1970-01-03", "1970-01-01 00:00:02.002", "x"],
    [null, null, null, null, null, "é"],
  ]);
  const numbers = read.rows.map(([first = null]) => (first === null ? null : Number(first.replace("inf", "Infinity"))));
  expect(numbers).toEqual(
    Array.from({ length: rows }, (_, row) => (row % 7 === 3 ? null : row === 1 ? -Infinity : row / 8)),
  );
  expect(read.rows[4999]).toEqual(["624.875", "4999000000000", "true", "1983-09-09", "1970-01-01 01:23:23.999", "é"]);
});
