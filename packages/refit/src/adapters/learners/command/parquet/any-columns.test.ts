import { rm } from "node:fs/promises";
import path from "node:path";
import { DuckDBDateValue, DuckDBTimestampValue, type DuckDBValue } from "@duckdb/node-api";
import { temporaryFolder } from "@refit/testkit/folders";
import fc from "fast-check";
import { expect, it } from "vitest";
import { duckdb } from "../../../duckdb/duckdb.ts";
import { literal } from "../../../duckdb/sql-text.ts";
import { anyColumns } from "./any-columns.fixture.ts";
import { writeRowGroups } from "./write-row-groups.ts";

function plain(value: DuckDBValue): unknown {
  if (value instanceof DuckDBDateValue) return value.days;
  return value instanceof DuckDBTimestampValue ? value.micros : value;
}

it("writes any values so that DuckDB finds each of them, with its type", async () => {
  const folder = await temporaryFolder();
  const instance = await duckdb().DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const file = path.join(folder, "rows.parquet");
  // As many rows as fill bytes of bits, and not.
  const someColumns = fc.oneof(fc.constantFrom(0, 1, 7, 8, 9, 64), fc.nat(40)).chain(anyColumns);

  await fc.assert(
    fc.asyncProperty(someColumns, async (all) => {
      await rm(file, { force: true });
      const columns = all.map(({ column }) => column);
      const rows = all[0]!.expected.length;
      await writeRowGroups(file, columns, rows);

      const reader = await connection.runAndReadAll(`FROM read_parquet(${literal(file)})`);

      expect(reader.columnNames()).toEqual(columns.map(({ name }) => name));
      const found = reader.getColumns().map((values) => values.map(plain));
      expect(found.length === 0 ? columns.map(() => []) : found).toEqual(all.map(({ expected }) => expected));
      expect(reader.columnTypes().map(String)).toEqual(["DOUBLE", "BIGINT", "BOOLEAN", "DATE", "TIMESTAMP", "VARCHAR"]);
      // Readers that count without reading, or that lay out memory before they read, go by the footer.
      const told = await connection.runAndReadAll(
        `SELECT num_rows, num_row_groups FROM parquet_file_metadata(${literal(file)})`,
      );
      expect(told.getRows().map((row) => row.map(Number))).toEqual([[rows, rows === 0 ? 0 : 1]]);
    }),
    { numRuns: 40 },
  );
  connection.closeSync();
  instance.closeSync();
});
