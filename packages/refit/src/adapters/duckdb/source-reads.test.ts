import { describe, expect, it } from "vitest";

import type { SourceTable } from "../../ports/tables.ts";
import { opened, openFiles, type OpenOptions, parquetOf } from "./open-files.fixture.ts";
import { sourceReads } from "./source-reads.fixture.ts";

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join("");

const prepared = { sql: null, target: "a", time: null, key: [] };

describe("a table that is opened to be prepared", () => {
  it.each<[what: string, name: string, content: () => Promise<string | Uint8Array>]>([
    ["CSV", "a.csv", async () => `a,b\n${lines(3000, (i) => `${i},x${i % 7}`)}`],
    ["JSON Lines", "a.jsonl", async () => lines(3000, (i) => JSON.stringify({ a: i, b: `x${i % 7}` }))],
    ["Parquet", "a.parquet", () => parquetOf("SELECT i AS a, 'x' || (i % 7) AS b FROM range(3000) r(i)")],
  ])("reads %s once", async (_what, name, content) => {
    const reads = sourceReads();
    const file = await content();
    reads.length = 0;

    const table = await openFiles({ [name]: file }, { toPrepare: true });
    await table.profile(`data/${name}`);
    const rows = await table.prepare(prepared);

    expect(reads).toEqual([expect.stringContaining(name)]);
    const later = await (await openFiles({ [name]: file })).prepare(prepared);
    expect(await rows.rowDigests()).toEqual(await later.rowDigests());
    expect(await rows.column("a")).toEqual(await later.column("a"));
  });
});

const orders = {
  name: "orders",
  sources: [{ path: "orders.csv" }],
  schema: {
    fields: [
      { name: "who", type: "string" },
      { name: "amount", type: "number" },
    ],
  },
};
const joined = "SELECT a, b, sum(amount) AS amount FROM source LEFT JOIN orders ON b = who GROUP BY ALL";
const owned = { sql: joined, target: "a", time: null, key: ["a", "b"] };
/** A row was corrected. */
const own = { "a.csv": `a,b\n${lines(300, (i) => `${i},x${i % 7}`)}5,x8\n` };
const withOrders = {
  manifest: { prepare: joined, tables: [orders] },
  tables: { orders: `who,amount\n${lines(700, (i) => `x${i % 9},${i / 4}`)}` },
};

async function shownBy(table: SourceTable, wanted: Parameters<SourceTable["prepare"]>[0]) {
  const rows = await table.prepare(wanted);
  const columns = await Promise.all(rows.columns.map(({ name }) => rows.column(name)));
  return { columns, digests: await rows.rowDigests(), positions: await rows.positions() };
}

describe("a table beside which further tables come", () => {
  it("reads them alone, and gives what all of them opened together give", async () => {
    const together = await openFiles(own, withOrders);
    const expected = await shownBy(together, owned);
    const reads = sourceReads();
    const { table: alone, request } = await opened(own, { ...withOrders, tables: {} });
    await alone.profile("data/a.csv");
    reads.length = 0;

    const table = await alone.beside(await request(withOrders.tables));

    expect(reads).toEqual([expect.stringContaining("/orders.csv")]);
    expect(await table.profile("data/a.csv")).toEqual(await together.profile("data/a.csv"));
    expect(await table.texts("data/a.csv")).toEqual(await together.texts("data/a.csv"));
    expect(await shownBy(table, owned)).toEqual(expected);
    const newest = { sql: null, target: "b", time: null, key: [], unique: ["a"] };
    expect((await table.prepare(newest)).repeatedKeys).toEqual({ copies: 0, corrected: 1 });
    expect(await shownBy(table, newest)).toEqual(await shownBy(together, newest));
    expect(reads).toEqual([expect.stringContaining("/orders.csv"), expect.stringContaining("/a.csv")]);
  });

  it("says what is wrong with them, as where they are opened together", async () => {
    const tables = { orders: "who,amount\nx1,much\n" };
    const together = await openFiles(own, { ...withOrders, tables });
    const { table: alone, request } = await opened(own, { ...withOrders, tables: {} });

    const table = await alone.beside(await request(tables));

    expect(table.findings.map(({ code }) => code)).toEqual(["wrong-type"]);
    expect(table.findings).toEqual(together.findings);
  });
});

describe("of a CSV file that grew", () => {
  it.each<[what: string, head: string, tail: string, rows: number, options?: OpenOptions]>([
    ["numbers and texts", "a,b\n1,x\n2,y\n", "3,z\n4,\n", 2],
    ["line ends of Windows", "a,b\r\n1,x\r\n", "3,z\r\n4,w\r\n", 1],
    ["a last row that had no end", "a,b\n1,x", "\n3,z\n", 1],
    ["the same on Windows", "a,b\r\n1,x", "\r\n3,z\r\n", 1],
    ["one column, and a last row without its end", "a\n1", "\n2\n3", 1],
    ["a last new row without its end", "a,b\n1,x\n", "3,z", 1],
    ["texts over several lines", 'a,b\n1,"x\ny"\n', '3,"z\n\nw, ""v"""\n', 1],
    [
      "declared forms",
      'a,b\n1,"1,5"\n',
      '-,"2,25"\n',
      1,
      {
        manifest: {
          schema: {
            missingValues: ["-"],
            fields: [
              { name: "n", from: "a", type: "integer" },
              { name: "b", type: "number", decimalChar: "," },
            ],
          },
        },
      },
    ],
    [
      "a value that is not allowed",
      'a,b\n1,"x\ny"\n',
      "-3,z\n",
      1,
      { manifest: { schema: { fields: [{ name: "a", type: "integer", constraints: { minimum: 0 } }] } } },
    ],
  ])("only the new rows are read: %s", async (_what, head, tail, rows, options) => {
    const content = { "a.csv": head + tail };
    const only = [[rows + 1, 2_147_483_647]] as const;
    const whole = await openFiles(content, { ...options, parts: { "a.csv": { only } } });
    const reads = sourceReads();

    const part = await openFiles(content, { ...options, parts: { "a.csv": { only, from: head.length } } });

    expect(reads).toEqual(["tail"]);
    expect(part.findings).toEqual(whole.findings);
    expect(part.columns).toEqual(whole.columns);
    expect(part.rowsByFile).toEqual(whole.rowsByFile);
    expect(await part.texts("data/a.csv")).toEqual(await whole.texts("data/a.csv"));
    expect(await part.profile("data/a.csv")).toEqual(await whole.profile("data/a.csv"));
    expect(await part.digests("data/a.csv", ["b"])).toEqual(await whole.digests("data/a.csv", ["b"]));
  });

  it.each<[what: string, head: string, tail: string]>([
    ["before a row", "a,b\n1,x\n", "\n3,z\n"],
    ["of one column", "a\n1\n", "\n2\n"],
    ["after a last row that had no end", "a\n1", "\n\n2\n"],
    ["and no more", "a,b\n1,x\n", "\n"],
  ])("all of it is read where an empty line was appended %s", async (_what, head, tail) => {
    const only = [[2, 2_147_483_647]] as const;
    const whole = await openFiles({ "a.csv": head + tail }, { parts: { "a.csv": { only } } });

    const part = await openFiles({ "a.csv": head + tail }, { parts: { "a.csv": { only, from: head.length } } });

    expect(part.rowsByFile).toEqual(whole.rowsByFile);
    expect(await part.texts("data/a.csv")).toEqual(await whole.texts("data/a.csv"));
  });

  it.each<[what: string, tail: string, codes: readonly string[]]>([
    ["a row of another width", "3\n", ["ragged-row"]],
    ["a text among numbers", "3,z\nTotal,\n", ["wrong-type"]],
    ["its header once more", "a,b\n", ["header-again", "wrong-type"]],
  ])("all of it is looked at where something is wrong: %s", async (_what, tail, codes) => {
    const head = "a,b\n1,x\n2,y\n";
    const knownTypes = [{ name: "a", type: "integer" }] as const;
    const parts = { "a.csv": { only: [[3, 2_147_483_647]] as const } };
    const whole = await openFiles({ "a.csv": head + tail }, { knownTypes, parts });

    const from = { "a.csv": { ...parts["a.csv"], from: head.length } };
    const part = await openFiles({ "a.csv": head + tail }, { knownTypes, parts: from });

    expect(part.findings).toEqual(whole.findings);
    expect(part.findings.map(({ code }) => code)).toEqual(expect.arrayContaining([...codes]));
  });
});
