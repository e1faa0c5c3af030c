import { expect, it } from "vitest";
import { madeRecords } from "../../runtime/src/made-records.fixture.ts";
import { pinned, type RawRows } from "../src/index.ts";
import { predictInParts } from "../src/predict-in-parts.ts";
import { madeLoaded, servedBy } from "./support/served.ts";

const kind = "trees, binary";
const never = Infinity;

function manyRows(count: number): Record<string, unknown>[] {
  const records = madeRecords(100, 5);
  return Array.from({ length: count }, (_, i) => ({ ...records[i % records.length]! }));
}

it("answers in parts are those of all rows at once, as records and as columns", async () => {
  const version = await madeLoaded(kind);
  const rows = manyRows(2500);
  const extra = rows.map((row, i) => ({ ...row, [`other ${i % 30}`]: i }));
  const columns = Object.fromEntries(Object.keys(rows[0]!).map((name) => [name, rows.map((row) => row[name])]));

  expect(await predictInParts(version, extra, never)).toEqual(await version.predictMany(extra));
  expect(await predictInParts(version, columns, never)).toEqual(await version.predictMany(columns));
});

it("tells all that is wrong in all rows, each by its place", async () => {
  const version = await madeLoaded(kind);
  const rows = manyRows(2500);
  const [name] = version.inputs.map((input) => input.name);
  rows[1]![name!] = undefined;
  rows[2000]![name!] = undefined;

  await expect(predictInParts(version, rows, never)).rejects.toMatchObject({
    problems: [
      { row: 1, column: name },
      { row: 2000, column: name },
    ],
  });
});

it("begins no further part after the time limit, and other requests have their turn before", async () => {
  const version = await madeLoaded(kind);
  let parts = 0;
  const slow = {
    ...version,
    predictMany: async (rows: Parameters<typeof version.predictMany>[0]) => {
      parts++;
      const until = performance.now() + 60;
      while (performance.now() < until);
      return version.predictMany(rows);
    },
  };
  const ask = await servedBy([pinned(slow)], { limits: { milliseconds: 100, bodyBytes: 1e7 } });
  const predicted = ask(`/models/${version.model}/predict`, { records: manyRows(9000) });
  let ready = 0;
  const other = ask("/v2/health/ready").then(() => (ready = parts));

  expect(await predicted).toMatchObject({ status: 503, body: { error: { code: "took-too-long" } } });
  await other;
  expect(ready).toBeLessThan(9);
  expect(parts).toBeLessThan(9);
});

it("raw rows are taken where something prepares them, and otherwise refused with what to do", async () => {
  const version = await madeLoaded(kind);
  const records = madeRecords(1, 5);
  const raw: RawRows = {
    inputs: [{ name: "n", type: "integer", required: true, format: null, ownForm: false, missingValues: [] }],
    close: async () => {},
    prepare: async (rows) => ({
      kind: "prepared",
      rows: (rows as readonly object[]).length,
      places: [1],
      columns: Object.fromEntries(Object.entries(records[0]!).map(([name, value]) => [name, [value]])),
      ignored: { count: 0, names: [] },
    }),
  };
  const body = { input: "raw", records: [{ n: 1 }, { n: 2 }] };
  const path = `/models/${version.model}/predict`;
  const ask = await servedBy([{ ...pinned(version), raw }]);
  const { answers } = await version.predictMany([records[0]!]);

  expect(await ask(path, body)).toMatchObject({ status: 200, body: { answers: [null, answers[0]] } });
  const refused = await servedBy([pinned(version)]);
  expect(await refused(path, body)).toMatchObject({ status: 422, body: { error: { code: "raw-not-served" } } });
  expect((await refused(`/models/${version.model}`)).body["raw"]).toBe(null);
});
