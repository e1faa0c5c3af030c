import { dataManifest } from "@refit/core/spec";
import { rawTexts, type ColumnInfo } from "@refit/core/data";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it, onTestFinished } from "vitest";

import type { PreparedTexts, RowPreparer } from "../../ports/row-preparers.ts";
import { duckdbPreparers } from "./index.ts";
import { openFiles } from "./open-files.fixture.ts";

const fields = [
  { name: "plan", type: "string" },
  { name: "hours", from: "Hours spent", type: "number", format: undefined, decimalChar: ",", groupChar: "." },
  { name: "seats", type: "integer" },
  { name: "joined", from: "Joined on", type: "date", format: "%d.%m.%Y" },
  { name: "seen", type: "datetime" },
  { name: "night", type: "boolean" },
  { name: "left", type: "string", missingValues: ["", "NA"] },
].map((field) => JSON.parse(JSON.stringify(field)) as { name: string; from?: string; type: ColumnInfo["type"] });

const sql = `WITH source AS (SELECT * FROM source WHERE coalesce(seats, 0) < 90),
  timed AS (SELECT *, date_diff('day', joined, seen) AS days FROM source)
SELECT plan, upper(regexp_replace(plan, '[^a-z]', '', 'g')) AS tariff, hours * 60 AS minutes, seats, joined, seen, days, night,
  CASE WHEN left IS NULL THEN 'stays' WHEN hours > 2 THEN 'goes' ELSE 'unsure' END AS state, month(joined) AS month,
  left IS NOT NULL AS target
FROM timed`.replaceAll(" left ", ' "left" ');

const inputs: readonly ColumnInfo[] = [
  { name: "plan", type: "string" },
  { name: "tariff", type: "string" },
  { name: "minutes", type: "number" },
  { name: "seats", type: "integer" },
  { name: "joined", type: "date" },
  { name: "seen", type: "datetime" },
  { name: "days", type: "integer" },
  { name: "night", type: "boolean" },
  { name: "state", type: "string" },
  { name: "month", type: "integer" },
];

interface Opening {
  readonly prepare?: string | null;
  readonly inputs?: readonly ColumnInfo[];
  readonly views?: Readonly<Record<string, string>>;
  readonly mayLack?: ReadonlySet<string>;
}

async function opened({ prepare = sql, inputs: wanted = inputs, views, mayLack }: Opening = {}): Promise<RowPreparer> {
  const read = dataManifest.parse({
    sources: [{ path: "data/*" }],
    schema: { fields, missingValues: ["", "-"] },
    ...(prepare !== null && { prepare }),
    ...(views && { views: Object.keys(views) }),
  });
  const preparer = await duckdbPreparers.open({
    dataset: "d",
    manifest: views === undefined ? read : { ...read, viewTexts: views },
    target: "target",
    inputs: wanted,
    scratch: await temporaryFolder(),
    ...(mayLack && { mayLack }),
  });
  onTestFinished(() => preparer.close());
  return preparer;
}

const later = () => performance.now() + 60_000;
const row = (change: object = {}) => ({
  plan: "basic-1",
  "Hours spent": "1.234,5",
  seats: 4,
  "Joined on": "03.02.2026",
  seen: "2026-02-05T06:30:00+01:00",
  night: true,
  left: "",
  ...change,
});

function prepared(preparer: RowPreparer, rows: readonly object[]): Promise<PreparedTexts> {
  const { texts, problems } = rawTexts(preparer.columns, rows as readonly Record<string, unknown>[]);
  expect(problems).toEqual([]);
  return preparer.prepare(texts, later());
}

function valuesOf(answer: PreparedTexts): Record<string, unknown[]> {
  if (answer.kind !== "prepared") throw new Error(JSON.stringify(answer));
  return Object.fromEntries(
    answer.columns.map((column) => [
      column.name,
      column.kind === "number"
        ? [...column.values]
        : [...column.codes].map((code) => (code < 0 ? null : column.dictionary[code])),
    ]),
  );
}

const refused = async (preparer: RowPreparer, rows: readonly object[]) => {
  const answer = await prepared(preparer, rows);
  if (answer.kind !== "unfit") throw new Error(JSON.stringify(answer));
  return answer.problems;
};

describe("a row preparer", () => {
  it("casts, renames and prepares a row", async () => {
    expect(valuesOf(await prepared(await opened(), [row()]))).toEqual({
      plan: ["basic-1"],
      tariff: ["BASIC"],
      minutes: [1234.5 * 60],
      seats: [4],
      joined: [Date.UTC(2026, 1, 3)],
      seen: [Date.UTC(2026, 1, 5, 5, 30)],
      days: [2],
      night: [1],
      state: ["stays"],
      month: [2],
    });
  });

  it("gives the same rows as a file of them, in requests of any size", async () => {
    const rows = Array.from({ length: 301 }, (_, i) =>
      row({
        plan: i % 7 === 0 ? "-" : `Plän ${i % 13} "quoted"; DROP TABLE source; -- \u{1f600}`,
        "Hours spent": i % 5 === 0 ? "" : `${i % 3}.${String(100 + (i % 800))},${i}`,
        seats: i % 97,
        "Joined on": i % 11 === 0 ? "" : `${String(1 + (i % 28)).padStart(2, "0")}.0${1 + (i % 9)}.20${10 + (i % 80)}`,
        seen: `20${10 + (i % 80)}-0${1 + (i % 9)}-11 0${i % 10}:00:0${i % 10}.${i}`,
        night: i % 2 === 0,
        left: ["", "NA", "2026", "gone"][i % 4],
      }),
    );
    const file = `${rows.map((each) => JSON.stringify(each)).join("\n")}\n`;
    const table = await openFiles(
      { "rows.jsonl": file },
      { manifest: { schema: { fields, missingValues: ["", "-"] } }, declaredOnly: true },
    );
    expect(table.findings).toEqual([]);
    const inOrder = await table.inOrder({ sql, target: "target", answers: 1 });
    const part = await inOrder.part(0, rows.length);
    const expected = await Promise.all(inputs.map(async ({ name }) => part.column(name)));
    const preparer = await opened();

    for (const size of [1, 2, 64, 301]) {
      const places: number[] = [];
      const found: Record<string, unknown[]> = {};
      for (let first = 0; first < rows.length; first += size) {
        const answer = await prepared(preparer, rows.slice(first, first + size));
        if (answer.kind !== "prepared") throw new Error(JSON.stringify(answer));
        places.push(...answer.places.map((place) => place + first));
        for (const [name, values] of Object.entries(valuesOf(answer))) (found[name] ??= []).push(...values);
      }
      expect(places).toEqual([...part.places]);
      expect(found).toEqual(valuesOf({ kind: "prepared", places: [], columns: expected }));
    }
    expect(part.places.length).toBeLessThan(301);
  });

  it("names rows and columns whose texts cannot be read, also where `prepare` leaves the row out", async () => {
    const preparer = await opened();
    const rows = [row(), row({ "Hours spent": "1,2,3", seats: "4.5" }), row(), row({ "Joined on": "2026-02-03" })];

    expect(await refused(preparer, rows)).toEqual([
      expect.objectContaining({
        row: 1,
        column: "Hours spent",
        found: expect.stringContaining("cannot be read as number"),
      }),
      expect.objectContaining({ row: 1, column: "seats", found: "a text that cannot be read as integer" }),
      expect.objectContaining({
        row: 3,
        column: "Joined on",
        expected: "a date as text, written as %d.%m.%Y, or null",
      }),
    ]);
    expect(await refused(preparer, [row({ night: "perhaps" })])).toEqual([
      expect.objectContaining({ row: 0, column: "night", found: "a text that cannot be read as boolean" }),
    ]);
    const filtered = await opened({ prepare: "SELECT * FROM source WHERE seats > 3", inputs: [inputs[3]!] });
    expect(await refused(filtered, [row({ seats: "many" })])).toMatchObject([{ column: "seats" }]);
    expect(await prepared(filtered, [row({ seats: 1 }), row(), row({ seats: null })])).toMatchObject({ places: [1] });
  });

  it("names the row on which the SQL fails, and no value", async () => {
    const preparer = await opened({ prepare: "SELECT plan::INTEGER AS seats FROM source", inputs: [inputs[3]!] });
    const rows = Array.from({ length: 100 }, (_, i) => row({ plan: i === 77 ? "secret" : String(i) }));

    const [problem, ...others] = await refused(preparer, rows);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ row: 77, column: "prepare", found: expect.stringContaining("Could not convert") });
    expect(JSON.stringify(problem)).not.toContain("secret");
    const infinite = await opened({
      prepare: "SELECT seats / 0.0::DOUBLE AS minutes FROM source",
      inputs: [inputs[2]!],
    });
    expect(await refused(infinite, [row()])).toMatchObject([{ row: 0, found: "a number that is not" }]);
  });

  it("takes what the answer is made of as missing, where nothing else reads it", async () => {
    const mayLack = new Set(["left"]);
    const lacks = (each: RowPreparer) => each.columns.flatMap(({ name, mayLack: may }) => (may ? [name] : []));
    const prepare = `SELECT plan, "left" = 'gone' AS target FROM source`;

    const preparer = await opened({ prepare, mayLack, inputs: [inputs[0]!] });
    expect(lacks(preparer)).toEqual(["left"]);
    const { left: _, ...without } = row();
    expect(await prepared(preparer, [without])).toMatchObject({ kind: "prepared", places: [0] });
    expect(lacks(await opened({ mayLack }))).toEqual([]);
  });

  it("reads feature views over the rows of the request", async () => {
    const preparer = await opened({
      views: { timed: "SELECT *, month(joined) AS month FROM source", twice: "SELECT * FROM timed" },
      prepare: "SELECT *, seats * 2 AS days FROM twice",
      inputs: [inputs[6]!, inputs[9]!],
    });

    expect(valuesOf(await prepared(preparer, [row(), row({ seats: 7 })]))).toEqual({ days: [8, 14], month: [2, 2] });
  });

  it.each<[what: string, prepare: string, code: string]>([
    ["reads a file", "SELECT * FROM read_csv('/etc/passwd')", "prepare-invalid"],
    ["names a file as a table", "SELECT * FROM 'data/d.csv'", "prepare-invalid"],
    ["is different on each run", "SELECT random() AS minutes FROM source", "prepare-invalid"],
    ["is made of groups", "SELECT plan, count(*) AS seats FROM source GROUP BY plan", "prepare-not-row-wise"],
    ["does not give what the model reads", "SELECT seats FROM source", "feature-mismatch"],
  ])("is not opened where `prepare` %s", async (_what, prepare, code) => {
    await expect(opened({ prepare })).rejects.toMatchObject({ code });
  });

  it("says that it was late, and answers the next request", async () => {
    const preparer = await opened({
      prepare:
        "SELECT *, (SELECT sum(a.range % (seats + b.range)) FROM range(100000) a, range(100000) b) AS days FROM source",
      inputs: [inputs[6]!],
    });
    const { texts } = rawTexts(preparer.columns, [row()]);
    const started = preparer.prepare(texts, performance.now() + 200);

    expect(await preparer.prepare(texts, performance.now() - 1)).toEqual({ kind: "late" });
    expect(await started).toEqual({ kind: "late" });
  });
});
