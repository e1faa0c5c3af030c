import { describe, expect, it } from "vitest";
import { madeRecords, type MadeRecord } from "../../runtime/src/made-records.fixture.ts";
import { followView, pinned, type ServedModel, type ViewKey, type ViewRows } from "../src/index.ts";
import { madeLoaded, servedBy } from "./support/served.ts";

/** Rows of the view: customers 0 to 9. */
const rows = madeRecords(10, 5);
const looked = ["size", "speed", "seen"] as const;
const path = "/models/birdstrikes/predict";

const valuesOf = (record: MadeRecord, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, Object.getOwnPropertyDescriptor(record, name)!.value as unknown]));

function viewRows(sha256: string, more: Partial<ViewRows> = {}): ViewRows {
  return {
    sha256,
    rows: rows.length,
    newest: "2026-11-01T00:00:00.000Z",
    writtenAt: "2026-11-02T03:04:05.000Z",
    key: [{ name: "customer", type: "integer" }],
    columns: looked,
    lookup: (keys) =>
      keys.map(([customer]) => (rows[Number(customer)] ? valuesOf(rows[Number(customer)]!, looked) : null)),
    ...more,
  };
}

const age = { sha256: "a1", newest: "2026-11-01T00:00:00.000Z", writtenAt: "2026-11-02T03:04:05.000Z" };

async function withView(more: Partial<ViewRows> = {}, options = {}) {
  const model = pinned(await madeLoaded("linear, binary", "v7"));
  const view = { name: "months", rows: viewRows("a1", more), stale: null };
  const served: ServedModel = { ...model, view };
  return { ask: await servedBy([served], options), version: model.version! };
}

const others = (record: MadeRecord) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !looked.some((each) => each === name)));

describe("a row with a key", () => {
  it("has what the view has, and the answer names the view's digest and its age", async () => {
    const { ask, version } = await withView();
    const expected = await version.predictMany(rows);

    const records = rows.map((record, customer) => ({ ...others(record), customer }));
    const { status, body } = await ask(path, { records });

    expect(status).toBe(200);
    expect(body["answers"]).toEqual(expected.answers);
    expect(body["ignored"]).toEqual({ count: 0, names: [] });
    expect(body["view"]).toEqual({ name: "months", ...age, stale: false, found: 10, absent: 0, own: [] });
    const names = Object.keys(records[0]!);
    const columns = Object.fromEntries(
      names.map((name) => [name, records.map((record) => valuesOf(record, [name])[name])]),
    );
    const asColumns = await ask(path, { columns });
    expect(asColumns.body).toMatchObject({ answers: body["answers"], view: body["view"] });
    expect((await ask("/models")).body).toMatchObject({
      models: [{ view: { name: "months", ...age, rows: 10, stale: false } }],
    });
  });

  it("is answered by what it has itself where that is a column of the view, also null, and the answer says so", async () => {
    const { ask, version } = await withView();
    const own = { size: "Large", speed: null };

    const { body } = await ask(path, { records: [{ ...others(rows[3]!), customer: 3, ...own }] });

    const { answers } = await version.predictMany([{ ...rows[3], ...own }]);
    expect(body).toMatchObject({ answers, view: { found: 1, absent: 0, own: ["size", "speed"] } });
    const columns = Object.fromEntries(
      Object.entries({ ...others(rows[3]!), customer: 3, ...own }).map(([k, v]) => [k, [v]]),
    );
    expect((await ask(path, { columns })).body).toMatchObject({ answers, view: { own: ["size", "speed"] } });
  });

  it("has no answer where there is no row, as columns without rows have none", async () => {
    const { ask } = await withView();
    const columns = Object.fromEntries([...Object.keys(others(rows[0]!)), "customer"].map((name) => [name, []]));

    expect(await ask(path, { columns })).toMatchObject({ status: 200, body: { answers: [], view: null } });
    expect(await ask(path, { columns: { customer: [] } })).toMatchObject({ status: 422 });
  });

  it("stands beside rows that have all columns, which need no key", async () => {
    const { ask, version } = await withView();

    const { body } = await ask(path, { records: [rows[0], { ...others(rows[1]!), customer: 1 }] });
    const alone = await ask(path, { records: [rows[0]] });

    expect(body).toMatchObject({ answers: (await version.predictMany(rows.slice(0, 2))).answers, view: { found: 1 } });
    expect(alone.body["view"]).toBe(null);
  });

  it("that the view does not have is refused with its number, or answered with missing values where the request says so", async () => {
    const { ask, version } = await withView();
    const records = [7, 77, 1, null].map((customer) => ({ ...others(rows[1]!), customer }));

    const refused = await ask(path, { records });
    const { status, body } = await ask(path, { records, absentKeys: "missing" });

    expect(refused.status).toBe(422);
    expect(refused.body["error"]).toMatchObject({
      code: "key-unknown",
      message: expect.stringContaining(
        'The view months has no row for the key ("customer") of rows 1, 3. Send the columns',
      ) as string,
    });
    const missing = { size: null, speed: null, seen: null };
    const expected = [valuesOf(rows[7]!, looked), missing, valuesOf(rows[1]!, looked), missing];
    const { answers } = await version.predictMany(expected.map((values) => ({ ...rows[1], ...values })));
    expect(status).toBe(200);
    expect(body).toMatchObject({ answers, view: { found: 2, absent: 2 } });
    expect((await ask(path, { records, absentKeys: "guess" })).status).toBe(400);
  });

  it("of another type is refused with row and column, and strangers are told no names", async () => {
    const { ask } = await withView();
    const brief = await withView({}, { brief: true });
    const records = [{ ...others(rows[1]!), customer: "1" }];

    const { status, body } = await ask(path, { records });
    const unknown = await brief.ask(path, { records: [{ ...others(rows[1]!), customer: 77 }] });

    expect(status).toBe(422);
    expect(body["error"]).toMatchObject({
      code: "input-invalid",
      message: 'Row 0, "customer": expected a number, found a text.',
      problems: [{ row: 0, column: "customer", expected: "a number", found: "a text", nearest: null }],
    });
    expect(unknown.body["error"]).toEqual({ code: "key-unknown", message: "The key of row 0 is not known." });
  });

  it("of another type is refused also beside all columns, where nothing is looked up, by either protocol", async () => {
    const { ask } = await withView();
    const columns = Object.fromEntries(Object.entries({ ...rows[1], customer: {} }).map(([k, v]) => [k, [v]]));
    const found = 'Row 0, "customer": expected a number, found an object.';

    const asRecord = await ask(path, { records: [{ ...rows[1], customer: {} }] });
    const asColumns = await ask(path, { columns });
    const asFrame = await ask("/invocations", { inputs: columns });
    const missing = await ask(path, { records: [{ ...rows[1], customer: null }] });

    expect(asRecord).toMatchObject({ status: 422, body: { error: { code: "input-invalid", message: found } } });
    expect(asColumns).toMatchObject({ status: 422, body: { error: { message: found } } });
    expect(asFrame).toMatchObject({ status: 422, body: { message: found } });
    expect(missing).toMatchObject({ status: 200, body: { view: null } });
  });

  it("without the other columns of the model is refused as any row is", async () => {
    const { ask } = await withView();
    const { night: _, ...rest } = others(rows[1]!);

    const { status, body } = await ask(path, { records: [{ ...rest, customer: 1 }] });

    expect(status).toBe(422);
    expect(body["error"]).toMatchObject({
      code: "input-invalid",
      message: 'Row 0 has no "night": expected true, false or null.',
    });
  });

  it("is looked up by several columns, of which one may be an input, and by a function that takes its time", async () => {
    const key = [
      { name: "shop", type: "string" },
      { name: "night", type: "boolean" },
    ] as const;
    const asked: ViewKey[] = [];
    const lookup = async (keys: readonly ViewKey[]) => {
      asked.push(...keys);
      return keys.map(() => valuesOf(rows[2]!, looked));
    };
    const { ask, version } = await withView({ key, lookup });

    const { body } = await ask(path, { records: [{ ...others(rows[2]!), shop: "x", night: true }] });

    expect(asked).toEqual([["x", true]]);
    const { answers } = await version.predictMany([{ ...rows[2], night: true }]);
    expect(body).toMatchObject({ answers, ignored: { count: 0 } });
  });

  it("is read by the other protocols, and CSV has keys of numbers", async () => {
    const { ask, version } = await withView({ columns: version7Columns, lookup: (keys) => keys.map(() => rows[2]!) });
    const { answers } = await version.predictMany([rows[2]!]);
    const [{ class: expected }] = answers as unknown as [{ class: unknown }];

    const csv = await ask("/invocations", "customer\n2\n", { "content-type": "text/csv" });
    const tensor = { name: "customer", datatype: "INT64", shape: [1], data: [2] };
    const infer = await ask("/v2/models/birdstrikes/infer", { inputs: [tensor] });

    expect(csv).toMatchObject({ status: 200, body: { predictions: [expected] } });
    expect(csv.headers.get("refit-view-sha256")).toBe("a1");
    expect(infer.body).toMatchObject({ parameters: { viewSha256: "a1" }, outputs: [{ data: [expected] }, {}, {}] });
  });

  it("is described by OpenAPI", async () => {
    const { ask } = await withView();

    const { body } = await ask("/openapi.json");

    const { post } = (body["paths"] as Record<string, { post: Record<string, never> }>)[path]!;
    const { requestBody, responses } = post as unknown as Record<string, Record<string, unknown>>;
    const request = JSON.stringify(requestBody);
    expect(request).toContain('"customer":{"type":["number","null"]}');
    expect(request).toContain('{"required":["customer","über \\"größe\\"","__proto__","engines","night","day"]}');
    expect(request).toContain('"absentKeys":{"enum":["refuse","missing"]');
    expect(JSON.stringify(responses)).toContain('"sha256"');
  });
});

const version7Columns = Object.keys(rows[0]!);

it("a view is replaced at once, and the last good one stays, stale, where a new one cannot be read", async () => {
  let found: { id: string; open: () => Promise<ViewRows> } = { id: "1", open: async () => viewRows("a1") };
  const told: (string | null)[] = [];
  const view = await followView({ name: "months", find: async () => found }, ({ stale }) => told.push(stale));
  const before = view.rows;

  await view.check();
  found = { id: "2", open: () => Promise.reject(new Error("The file is damaged.")) };
  await view.check();
  expect(view).toMatchObject({ rows: before, stale: "The file is damaged." });
  found = { id: "3", open: async () => viewRows("b2") };
  await view.check();

  expect(view).toMatchObject({ rows: { sha256: "b2" }, stale: null });
  expect(told).toEqual(["The file is damaged.", null]);
  await expect(followView({ name: "months", find: () => Promise.reject(new Error("none")) })).rejects.toThrow("none");
});
