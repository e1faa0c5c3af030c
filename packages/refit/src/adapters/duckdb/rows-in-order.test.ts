import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

import type { RowsInOrder, RowsPart, SourceTable } from "../../ports/tables.ts";
import { openFiles, parquetOf, type OpenOptions } from "./open-files.fixture.ts";

const people = "id,age,city,joined\n3,30,Bern,2020-01-03\n1,,Rome,2020-01-01\n2,50,,2020-01-02\n2,50,,2020-01-02\n";
const fields = [
  { name: "id", type: "integer" },
  { name: "age", type: "integer" },
  { name: "city", type: "string" },
  { name: "joined", type: "date" },
  { name: "label", type: "boolean" },
];
const lacking = { manifest: { schema: { fields } }, declaredOnly: true, mayLack: new Set(["label"]) };

const openPeople = (options: OpenOptions = lacking): Promise<SourceTable> =>
  openFiles({ "people.csv": people }, options);

async function values(part: RowsPart, name: string): Promise<unknown[]> {
  const column = await part.column(name);
  return column.kind === "number"
    ? [...column.values]
    : [...column.codes].map((code) => column.dictionary[code] ?? null);
}

async function answered(rows: RowsInOrder, places: readonly number[]): Promise<void> {
  await rows.answer(Float64Array.from(places), [places.map((place) => place % 2), places.map((place) => place / 8)]);
}

const target = "target";

const columns = [
  { name: "prediction", values: ["no", "yes it's"] },
  { name: "probability", values: null },
] as const;

describe("rows in order", () => {
  it("stay where they are, each once, also where they are equal, and without a column that may lack", async () => {
    const rows = await (await openPeople()).inOrder({ sql: null, answers: 2, target });
    const part = await rows.part(0, 100);

    expect(rows.rows).toBe(4);
    expect([...part.places]).toEqual([0, 1, 2, 3]);
    expect(await values(part, "id")).toEqual([3, 1, 2, 2]);
    expect(await values(part, "city")).toEqual(["Bern", "Rome", null, null]);
    expect(await values(part, "label")).toEqual([NaN, NaN, NaN, NaN]);
  });

  it("come in parts, and those that prepare leaves out have no answer", async () => {
    const sql = "SELECT *, age * 2 AS twice, NOT label AS target FROM source WHERE id > 1 ORDER BY city";
    const rows = await (await openPeople()).inOrder({ sql, answers: 2, target });
    const parts = [await rows.part(0, 2), await rows.part(2, 2)];
    for (const { places } of parts) await answered(rows, [...places]);
    const request = {
      kept: [
        { name: "id", as: "id" },
        { name: "twice", as: "twice" },
      ],
      answers: columns,
      constants: [],
    };

    expect(parts.map(({ places }) => [...places])).toEqual([[0], [2, 3]]);
    expect(await values(parts[1]!, "twice")).toEqual([100, 100]);
    expect(await readFile(await rows.write({ ...request, format: "csv" }), "utf8")).toBe(
      "id,twice,prediction,probability\n3,60,no,0.0\n1,,,\n2,100,no,0.25\n2,100,yes it's,0.375\n",
    );
  });

  it("are written as CSV, JSON Lines or Parquet, with what is the same in all", async () => {
    const rows = await (await openPeople()).inOrder({ sql: null, answers: 2, target });
    await answered(rows, [0, 1, 2, 3]);
    const request = {
      kept: [{ name: "joined", as: "input_version" }],
      answers: columns,
      constants: [{ name: "version", value: 'a"b' }],
    };

    const jsonl = await readFile(await rows.write({ ...request, format: "jsonl" }), "utf8");
    const parquet = await readFile(await rows.write({ ...request, format: "parquet" }));
    const again = await (await openFiles({ "again.parquet": parquet })).inOrder({ sql: null, answers: 0, target });

    expect(
      jsonl
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown)[3],
    ).toEqual({
      input_version: "2020-01-02",
      prediction: "yes it's",
      probability: 0.375,
      version: 'a"b',
    });
    expect(again.columns).toEqual([
      { name: "input_version", type: "date" },
      { name: "prediction", type: "string" },
      { name: "probability", type: "number" },
      { name: "version", type: "string" },
    ]);
  });

  it("keep the last bit of a number in every form", async () => {
    const given = [0.1 + 0.2, 1e-300, 5e-324, 1 / 3, 123_456_789.123_456_78];
    const source = await openFiles({ "a.csv": `x\n${given.map(() => "1").join("\n")}\n` });
    const rows = await source.inOrder({ sql: null, answers: 1, target });
    await rows.answer(Float64Array.from(given.keys()), [given]);
    const request = { kept: [], answers: [{ name: "p", values: null }], constants: [] };

    const csv = await readFile(await rows.write({ ...request, format: "csv" }), "utf8");
    const jsonl = await readFile(await rows.write({ ...request, format: "jsonl" }), "utf8");

    expect(csv.trimEnd().split("\n").slice(1).map(Number)).toEqual(given);
    expect(
      jsonl
        .trimEnd()
        .split("\n")
        .map((line) => (JSON.parse(line) as { p: number }).p),
    ).toEqual(given);
  });

  it("of several files follow one another, of any kind, and say which columns nobody reads", async () => {
    const parquet = await parquetOf(
      "SELECT 9 AS id, 'x' AS other, 1 AS age, 'Oslo' AS city, DATE '2020-01-09' AS joined",
    );
    const source = await openFiles({ "people.csv": people, "more.parquet": parquet }, lacking);
    const part = await (await source.inOrder({ sql: null, answers: 0, target })).part(0, 10);

    expect(await values(part, "id")).toEqual([3, 1, 2, 2, 9]);
    expect(source.unread).toEqual(["other"]);
  });

  it.each<[what: string, sql: string]>([
    ["several rows of one", "SELECT *, unnest([1, 2]) AS part FROM source"],
    ["rows of groups", "SELECT city, count(*) AS n FROM source GROUP BY city"],
    ["a row of each pair", "SELECT s.* FROM source s JOIN source o ON o.id >= s.id"],
  ])("are refused where prepare gives %s", async (_what, sql) => {
    await expect((await openPeople()).inOrder({ sql, answers: 1, target })).rejects.toMatchObject({
      code: "prepare-not-row-wise",
    });
  });

  it.each<[what: string, sql: string]>([
    ["a feature", "SELECT *, label::INTEGER * 2 AS twice, NOT label AS target FROM source"],
    ["which rows there are", "SELECT *, NOT label AS target FROM source WHERE label IS NOT NULL"],
    [
      "a step before",
      "WITH s AS (SELECT *, label AND age > 3 AS old FROM source) SELECT *, NOT label AS target FROM s",
    ],
    ["another name", "SELECT * EXCLUDE (label), label AS other, NOT label AS target FROM source"],
  ])("are refused without a column of which more is made than the target: %s", async (_what, sql) => {
    const lack = (await openPeople()).inOrder({ sql, answers: 1, target });

    await expect(lack).rejects.toMatchObject({
      code: "unreadable-data",
      message: expect.stringContaining('no column "label"') as string,
    });
  });

  it.each<[what: string, sql: string]>([
    ["not at all", "SELECT id, age FROM source"],
    ["for the target", "SELECT *, CASE WHEN LABEL THEN 1 ELSE 0 END AS target FROM source"],
    ["in its place", "SELECT * REPLACE (NOT label AS label) FROM source"],
    ["as it is", "SELECT s.id, s.label, NOT s.label AS target FROM source s"],
  ])("need no column that is read %s", async (_what, sql) => {
    const name = sql.includes("REPLACE") ? "label" : target;

    expect((await (await openPeople()).inOrder({ sql, answers: 1, target: name })).rows).toBe(4);
  });

  it("say which column is missing that may not", async () => {
    const source = await openFiles({ "people.csv": people.replace("age", "agee") }, lacking);

    expect(source.findings).toMatchObject([
      { code: "missing-column", severity: "error", message: expect.stringContaining('It has "agee"') as string },
    ]);
  });
});
