import { describe, expect, it } from "vitest";
import type { SourceTable } from "../../ports/tables.ts";
import { openFiles } from "./open-files.fixture.ts";

const field = (name: string, type: string, constraints = {}) => ({ name, type, constraints });
const orders = (more: object = {}) => ({
  name: "orders",
  sources: [{ path: "orders*.csv" }],
  schema: {
    fields: [
      field("id", "string"),
      field("who", "string"),
      field("known", "datetime"),
      field("amount", "number", { minimum: 0 }),
    ],
    ...more,
  },
  availableAt: "known",
});
const plans = {
  name: "plans",
  sources: [{ path: "plans.csv" }],
  schema: { fields: [field("who", "string"), field("plan", "string")], primaryKey: "who" },
};
const head = "id,who,known,amount";
const good = `${head}\n1,anna,2026-01-02,5\n2,ben,2026-01-03,6\n`;
const source = { "source.csv": "who,day\nanna,2026-01-01\nben,2026-01-05\n" };

const open = (
  tables: readonly object[],
  contents: Readonly<Record<string, string | readonly string[]>>,
  own: Readonly<Record<string, string>> = source,
  schema: object = {},
) => openFiles(own, { manifest: { prepare: "SELECT * FROM source", tables, schema }, tables: contents });

const codes = ({ findings }: SourceTable) => findings.map(({ code }) => code);

describe("a further table whose rows break what is declared", () => {
  it.each<[what: string, key: string | string[], files: string | string[], code: string]>([
    ["a key twice in one file", "id", `${head}\n1,a,2026-01-02,5\n1,b,2026-01-03,6\n`, "not-unique"],
    ["a key twice, in two files", "id", [good, `${head}\n3,c,2026-01-02,5\n2,c,2026-01-03,6\n`], "not-unique"],
    ["the same in the other order", "id", [`${head}\n3,c,2026-01-02,5\n2,c,2026-01-03,6\n`, good], "not-unique"],
    ["the same row twice", "id", [good, good], "not-unique"],
    ["a key of two columns twice", ["who", "known"], `${head}\n1,a,2026-01-02,5\n2,a,2026-01-02,6\n`, "not-unique"],
    [
      "one instant written in two ways",
      ["who", "known"],
      `${head}\n1,a,2026-01-02,5\n2,a,2026-01-02 00:00,6\n`,
      "not-unique",
    ],
    [
      "one instant in two time zones",
      "known",
      `${head}\n1,a,2026-01-02T01:00:00+01:00,5\n2,b,2026-01-02,6\n`,
      "not-unique",
    ],
    ["no key", "id", `${head}\n,a,2026-01-02,5\n2,b,2026-01-03,6\n`, "required"],
    ["half of a key", ["id", "who"], `${head}\n1,,2026-01-02,5\n2,b,2026-01-03,6\n`, "required"],
    ["a column that is missing", "id", "id,who,amount\n1,a,5\n", "missing-column"],
    ["a value of another type", "id", `${head}\n1,a,2026-01-02,much\n`, "wrong-type"],
    ["a time of another type", "id", `${head}\n1,a,soon,5\n`, "wrong-type"],
    ["a value out of range", "id", `${head}\n1,a,2026-01-02,-5\n`, "out-of-range"],
    ["no rows", "id", `${head}\n`, "header-only"],
    ["nothing at all", "id", "", "empty-file"],
  ])("is a finding, and the other tables are read: %s", async (_what, primaryKey, files, code) => {
    const opened = await open([orders({ primaryKey }), plans], { orders: files, plans: "who,plan\nanna,pro\n" });

    expect(codes(opened)).toEqual([code]);
    expect(opened.findings[0]!.message).toMatch(/^Table orders: /);
  });

  it("is one among several, whichever it is", async () => {
    const twice = "who,plan\nanna,pro\nanna,basic\n";
    const bad = `${head}\n1,a,2026-01-02,-5\n`;

    expect(codes(await open([plans, orders()], { plans: twice, orders: good }))).toEqual(["not-unique"]);
    expect(codes(await open([orders(), plans], { plans: twice, orders: bad }))).toEqual(["out-of-range", "not-unique"]);
    expect(codes(await open([plans, orders()], { plans: twice, orders: bad }))).toEqual(["not-unique", "out-of-range"]);
  });

  it("stands beside what the model's own rows break", async () => {
    const own = { "source.csv": "who,day\nanna,2026-01-01\nanna,2026-01-05\n" };
    const broken = `${head}\n1,a,2026-01-02,5\n1,b,2026-01-03,6\n`;
    const key = { primaryKey: "id" };

    expect(codes(await open([orders(key)], { orders: good }, own, { primaryKey: "who" }))).toEqual(["not-unique"]);
    const { findings } = await open([orders(key)], { orders: broken }, { "source.csv": "day\n" });
    expect(findings.map(({ code }) => code)).toEqual(["not-unique", "header-only"]);
  });
});

describe("rows that are joined in time", () => {
  const joined = async (rows: string, own = source["source.csv"]) => {
    const sql =
      "SELECT s.who, s.day, o.amount AS f FROM source s ASOF LEFT JOIN orders o ON o.who = s.who AND o.known <= s.day";
    const opened = await open([orders()], { orders: `${head}\n${rows}` }, { "source.csv": own });
    const table = await opened.prepare({ sql, target: "f", time: "day", key: ["who"] });
    const column = await table.column("f");
    return column.kind === "text" ? [] : [...column.values];
  };

  it.each<[what: string, rows: string, features: number[]]>([
    ["none before the time of the row", "1,anna,2026-01-02,5\n", [NaN, NaN]],
    ["one at the very moment", "1,anna,2026-01-01,5\n", [5, NaN]],
    ["one a second later", "1,anna,2026-01-01T00:00:01,5\n", [NaN, NaN]],
    ["one that is later only by its time zone", "1,anna,2026-01-01T00:30:00+00:00,5\n", [NaN, NaN]],
    ["one that is earlier only by its time zone", "1,anna,2026-01-01T00:30:00+01:00,5\n", [5, NaN]],
    ["the newest of several, in any order", "1,ben,2026-01-04,5\n2,ben,2026-01-02,6\n3,ben,2026-01-03,7\n", [NaN, 5]],
    ["one without a time", "1,ben,,5\n2,ben,2026-01-02,6\n", [NaN, 6]],
    ["one of nobody", "1,,2026-01-01,5\n2,ben,2026-01-02,6\n", [NaN, 6]],
  ])("%s", async (_what, rows, features) => {
    expect(await joined(rows)).toEqual(features);
  });
});
