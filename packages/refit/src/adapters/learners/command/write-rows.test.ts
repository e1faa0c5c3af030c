import path from "node:path";
import type { Column } from "@refit/core/runtime";
import { temporaryFolder } from "@refit/testkit/folders";
import { expect, it } from "vitest";
import { duckdb } from "../../duckdb/duckdb.ts";
import { literal } from "../../duckdb/sql-text.ts";
import { writeRows } from "./write-rows.ts";

async function ask(sql: string): Promise<readonly string[][]> {
  const instance = await duckdb().DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(String));
  connection.closeSync();
  instance.closeSync();
  return rows;
}

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

it("writes several groups of rows, texts that repeat and texts that do not, by what each group has of them", async () => {
  const file = path.join(await temporaryFolder(), "rows.parquet");
  const rows = 140_000;
  const texts = (name: string, dictionary: readonly string[], of: (row: number) => number): Column => ({
    kind: "text",
    name,
    type: "string",
    dictionary,
    codes: Int32Array.from({ length: rows }, (_, row) => of(row)),
  });
  const own = Array.from({ length: rows }, (_, row) => `${row} is öwn`);
  const numbers = Float64Array.from({ length: rows }, (_, row) => (row < 131_072 ? row / 4 : NaN));
  const columns: Column[] = [
    { kind: "number", name: "known", type: "number", values: numbers },
    texts("one", ["only"], () => 0),
    texts("many", own.slice(0, 40_000), (row) => (row % 40_001) - 1),
    texts("own", own, (row) => row),
    texts("late", ["early", "late"], (row) => (row < 131_072 ? -1 : 1)),
  ];

  await writeRows({ path: file, columns, rows });

  const fits = [
    `known IS NOT DISTINCT FROM CASE WHEN row < 131072 THEN row / 4 END`,
    `one = 'only'`,
    `many IS NOT DISTINCT FROM CASE WHEN row % 40001 > 0 THEN (row % 40001 - 1) || ' is öwn' END`,
    `own = row || ' is öwn'`,
    `late IS NOT DISTINCT FROM CASE WHEN row >= 131072 THEN 'late' END`,
  ];
  const numbered = `(SELECT *, file_row_number AS row FROM read_parquet(${literal(file)}, file_row_number = true))`;
  const counts = fits.map((condition) => `count(*) FILTER (WHERE ${condition})`);
  expect(await ask(`SELECT ${counts.join(", ")} FROM ${numbered}`)).toEqual([fits.map(() => String(rows))]);
  const encoded = `SELECT path_in_schema, row_group_id FROM parquet_metadata(${literal(file)}) WHERE dictionary_page_offset IS NOT NULL`;
  expect(await ask(`${encoded} ORDER BY ALL`)).toEqual([
    ["late", "0"],
    ["late", "1"],
    ["many", "0"],
    ["one", "0"],
    ["one", "1"],
  ]);
  expect(await ask(`SELECT num_rows, num_row_groups FROM parquet_file_metadata(${literal(file)})`)).toEqual([
    [String(rows), "2"],
  ]);
  const perGroup = `SELECT DISTINCT row_group_id, row_group_num_rows, num_values FROM parquet_metadata(${literal(file)})`;
  expect(await ask(`${perGroup} ORDER BY ALL`)).toEqual([
    ["0", "131072", "131072"],
    ["1", String(rows - 131_072), String(rows - 131_072)],
  ]);
});

it("writes a file without rows, and a whole number that no double holds as the nearest one that a file does", async () => {
  const folder = await temporaryFolder();
  const of = (values: readonly number[]): Column[] => [
    { kind: "number", name: "n", type: "integer", values: Float64Array.from(values) },
  ];
  const values = [9_223_372_036_854_775_808, -9_223_372_036_854_775_808, -1, Number.MAX_SAFE_INTEGER, -4_294_967_297];

  await writeRows({ path: path.join(folder, "none.parquet"), columns: of([]), rows: 0 });
  await writeRows({ path: path.join(folder, "some.parquet"), columns: of(values), rows: values.length });

  expect(await ask(`SELECT n FROM ${literal(path.join(folder, "none.parquet"))}`)).toEqual([]);
  expect(await ask(`SELECT n FROM ${literal(path.join(folder, "some.parquet"))}`)).toEqual([
    ["9223372036854775807"],
    ["-9223372036854775808"],
    ["-1"],
    ["9007199254740991"],
    ["-4294967297"],
  ]);
});
