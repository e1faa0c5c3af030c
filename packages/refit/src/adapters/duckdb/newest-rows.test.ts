import { writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it } from "vitest";
import type { NewestRequest, NewestRows } from "../../ports/tables.ts";
import { openFiles } from "./open-files.fixture.ts";

const field = (name: string, type: string) => ({ name, type });
const orders = {
  name: "orders",
  sources: [{ path: "orders.csv" }],
  schema: { fields: [field("who", "string"), field("known", "datetime"), field("amount", "number")] },
  availableAt: "known",
};
const view =
  "SELECT s.who, s.day, s.x, (SELECT sum(o.amount) FROM orders o WHERE o.who = s.who AND o.known <= s.day) AS spent FROM source s";
const bought = "who,known,amount\nanna,2026-01-01,5\nanna,2026-01-03T12:00,7\nben,2026-01-02,1\n";
const rows = ["anna,2026-01-01,1", "anna,2026-01-04,2", "ben,2026-01-02,3", "ben,2026-01-03,4"];

interface Asked extends Partial<NewestRequest> {
  readonly lines?: readonly string[];
  readonly sql?: string;
  readonly tables?: string;
}

async function newestOf({ lines = rows, sql = view, tables = bought, ...asked }: Asked = {}): Promise<NewestRows> {
  const manifest = {
    schema: { fields: [field("who", "string"), field("day", "date"), field("x", "number")] },
    tables: [orders],
    prepare: "SELECT * FROM v",
  };
  const opened = await openFiles(
    { "source.csv": `who,day,x\n${lines.join("\n")}\n` },
    { manifest, views: { v: sql, w: "SELECT 1" }, tables: { orders: tables } },
  );
  expect(opened.findings).toEqual([]);
  return opened.newestRows({ view: "v", key: ["who"], time: "day", at: null, ...asked });
}

async function rowsIn({ bytes }: NewestRows): Promise<unknown[][]> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const file = path.join(await temporaryFolder(), "read.parquet");
  await writeFile(file, bytes);
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const found = await connection.runAndReadAll(`SELECT * REPLACE (day::VARCHAR AS day) FROM '${file}'`);
  const values = found.getRowsJS();
  connection.closeSync();
  instance.closeSync();
  return values;
}

const at = (time: string) => Date.parse(time);

describe("newestRows", () => {
  it("gives the newest row of each key, sorted, with the view's columns", async () => {
    const made = await newestOf();

    expect(await rowsIn(made)).toEqual([
      ["anna", "2026-01-04", 2, 12],
      ["ben", "2026-01-03", 4, 1],
    ]);
    expect([made.rows, made.newest]).toEqual([2, at("2026-01-04")]);
    expect(made.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      "who string",
      "day date",
      "x number",
      "spent number",
    ]);
  });

  it.each<[what: string, asked: Asked, found: unknown[][]]>([
    [
      "at the time of a row",
      { at: at("2026-01-03") },
      [
        ["anna", "2026-01-01", 1, 5],
        ["ben", "2026-01-03", 4, 1],
      ],
    ],
    ["before the first row of a key", { at: at("2026-01-01T12:00Z") }, [["anna", "2026-01-01", 1, 5]]],
    ["before all rows", { at: at("2025-01-01") }, []],
    [
      "without rows that have no key",
      { lines: [...rows, ",2026-01-09,9"] },
      [
        ["anna", "2026-01-04", 2, 12],
        ["ben", "2026-01-03", 4, 1],
      ],
    ],
    [
      "without rows that have no time",
      { lines: [...rows, "ben,,9"] },
      [
        ["anna", "2026-01-04", 2, 12],
        ["ben", "2026-01-03", 4, 1],
      ],
    ],
    [
      "of one instant, the largest",
      { lines: ["ben,2026-01-03,4", "ben,2026-01-03,6", "ben,2026-01-03,5"] },
      [["ben", "2026-01-03", 6, 1]],
    ],
    [
      "of one instant, one that has a value",
      { lines: ["ben,2026-01-03,", "ben,2026-01-03,5"] },
      [["ben", "2026-01-03", 5, 1]],
    ],
    [
      "by two columns",
      { lines: ["ben,2026-01-03,4", "ben,2026-01-02,4", "ben,2026-01-01,3"], key: ["who", "x"] },
      [
        ["ben", "2026-01-01", 3, null],
        ["ben", "2026-01-03", 4, 1],
      ],
    ],
  ])("%s", async (_what, asked, found) => {
    expect(await rowsIn(await newestOf(asked))).toEqual(found);
  });

  it("knows at an instant nothing that came later, whatever the view does with it", async () => {
    const sql =
      "SELECT s.*, (SELECT sum(o.amount) FROM orders o WHERE o.who = s.who) AS spent, lead(s.x) OVER (PARTITION BY s.who ORDER BY s.day) AS next FROM source s";
    const then = await newestOf({ sql, at: at("2026-01-03") });
    const alone = await newestOf({
      sql,
      lines: rows.filter((_, i) => i !== 1),
      tables: "who,known,amount\nanna,2026-01-01,5\nben,2026-01-02,1\n",
    });

    expect(await rowsIn(then)).toEqual([
      ["anna", "2026-01-01", 1, 5, null],
      ["ben", "2026-01-03", 4, 1, null],
    ]);
    expect(then.bytes).toEqual(alone.bytes);
  });

  it("has the same bytes for the same rows in another order, and the views see everything again", async () => {
    const one = await newestOf();
    const other = await newestOf({ lines: rows.toReversed() });

    expect(other.bytes).toEqual(one.bytes);
    expect((await newestOf({ lines: ["anna,2026-01-01,9"] })).bytes).not.toEqual(one.bytes);
  });

  it.each<[what: string, asked: Asked, code: string]>([
    ["a key that the view does not have", { key: ["whom"] }, "column-missing"],
    ["a time that the view does not have", { time: "month" }, "column-missing"],
    ["a time of another type", { time: "x" }, "time-type"],
    ["a view that does not parse", { sql: "SELECT FROM" }, "prepare-invalid"],
    ["a view that reads a file", { sql: "SELECT * FROM 'data.parquet'" }, "prepare-invalid"],
    ["a view that divides by zero", { sql: "SELECT who, day, x / 0 AS y FROM source" }, "prepare-invalid"],
  ])("refuses %s", async (_what, asked, code) => {
    await expect(newestOf(asked)).rejects.toMatchObject({ code });
  });
});
