import { request } from "node:http";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { readFile } from "node:fs/promises";
import { madeRecords, type MadeRecord } from "../../runtime/src/made-records.fixture.ts";
import { createApp, pinned, type ServedModel } from "../src/index.ts";
import { listen } from "../src/node.ts";
import { serverVersion } from "../src/server-version.ts";
import { madeLoaded, servedBy } from "./support/served.ts";

/** Rows that JSON can carry. */
const records = madeRecords(40, 5).filter((record) =>
  Object.values(record).every((value) => typeof value !== "number" || Number.isFinite(value)),
);
const columnsOf = (rows: readonly MadeRecord[]) =>
  Object.fromEntries(Object.keys(rows[0]!).map((name) => [name, rows.map((row) => own(row, name))]));
const own = (row: MadeRecord, name: string) => Object.getOwnPropertyDescriptor(row, name)!.value as unknown;
const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

const binary = async () => pinned(await madeLoaded("trees, binary", "v7"));
const withName = (name: string, model: ServedModel): ServedModel => ({ ...model, name });

describe("POST /models/{model}/predict", () => {
  it("answers records and columns as the version does, with its name, tree id and the id of the request", async () => {
    const model = await binary();
    const ask = await servedBy([model]);
    const { values: _, ...expected } = await model.version!.predictMany(records);

    const answer = await ask("/models/birdstrikes/predict", { records }, { "x-request-id": "abc-1" });

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ...(json(expected) as object), requestId: "abc-1" });
    expect(answer.body).toMatchObject({ model: "birdstrikes", version: "v7", treeId: model.version!.treeId });
    expect(answer.headers.get("x-request-id")).toBe("abc-1");
    const columns = await ask(
      "/models/birdstrikes/predict",
      { columns: columnsOf(records) },
      { "x-request-id": "a b" },
    );
    expect(columns.body["answers"]).toEqual(answer.body["answers"]);
    expect(columns.body["requestId"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("ignores and counts columns that the version does not read", async () => {
    const ask = await servedBy([await binary()]);

    const { body } = await ask("/models/birdstrikes/predict", { records: [{ ...records[0], other: [1] }] });

    expect(body["ignored"]).toEqual({ count: 1, names: ["other"] });
  });

  it("answers 422 with row, column, expected type and nearest name, and no value", async () => {
    const ask = await servedBy([await binary()]);
    const [first, second] = records as [MadeRecord, MadeRecord];
    const { speed: _, ...rest } = second;

    const { status, body } = await ask("/models/birdstrikes/predict", {
      records: [
        { ...first, size: 737_373_737 },
        { ...rest, Spead: 1 },
      ],
    });

    expect(status).toBe(422);
    expect(body["error"]).toMatchObject({
      code: "input-invalid",
      problems: [
        { row: 0, column: "size", expected: "a text or null", found: "a number", nearest: null },
        { row: 1, column: "speed", expected: "a number or null", found: null, nearest: "Spead" },
      ],
    });
    expect(JSON.stringify(body)).not.toContain("737373737");
  });

  it("tells strangers neither columns nor models where errors are brief", async () => {
    const ask = await servedBy([await binary()], { brief: true });

    const { body } = await ask("/models/birdstrikes/predict", { records: [{}] });

    expect(body["error"]).toEqual({ code: "input-invalid", message: "The rows do not fit the model." });
    expect(JSON.stringify((await ask("/models/other/predict", {})).body)).not.toContain("birdstrikes");
  });

  it.each<[what: string, body: unknown, status: number, code: string, says: string]>([
    ["no JSON", "{", 400, "body-invalid", "The body is not JSON"],
    ["a list", [], 400, "body-invalid", "not a JSON object"],
    ["neither records nor columns", {}, 400, "body-invalid", "either"],
    ["both", { records: [], columns: {} }, 400, "body-invalid", "either"],
    ["a text for records", { records: "ab" }, 400, "body-invalid", "not a list of objects"],
    ["a row that is null", { records: [{}, null] }, 400, "body-invalid", 'Row 1 of "records"'],
    ["a column that is no list", { columns: { a: 1 } }, 400, "body-invalid", 'Column "a"'],
    ["columns of two lengths", { columns: { a: [1], b: [] } }, 400, "body-invalid", "different lengths"],
    [
      "more rows than one request may have",
      { records: Array.from({ length: 51 }, () => ({})) },
      413,
      "too-many-rows",
      "at most 50",
    ],
    ["more columns' rows", { columns: { a: Array.from({ length: 51 }, () => 1) } }, 413, "too-many-rows", "at most 50"],
    ["more bytes", { records: [{ a: "x".repeat(4000) }] }, 413, "body-too-large", "more than 4000 bytes"],
  ])("refuses %s", async (_what, body, status, code, says) => {
    const ask = await servedBy([await binary()], { limits: { rows: 50, bodyBytes: 4000 } });

    const answer = await ask("/models/birdstrikes/predict", body);

    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      error: { code, message: expect.stringContaining(says) },
      requestId: answer.headers.get("x-request-id"),
    });
  });

  it("takes 10,000 rows and 1 MiB where nothing else is said", async () => {
    const ask = await servedBy([await binary()]);
    const path = "/models/birdstrikes/predict";
    const ofLength = (length: number) => ({ columns: { spede: Array.from({ length }, () => 1) } });

    expect((await ask(path, ofLength(10_001))).status).toBe(413);
    expect((await ask(path, "x".repeat(1024 * 1024 + 1))).status).toBe(413);
    // None of them is a column of the model, and so they are no rows that it could answer.
    expect(await ask(path, ofLength(10_000))).toMatchObject({
      status: 422,
      body: {
        error: { problems: expect.arrayContaining([expect.objectContaining({ column: "speed", nearest: "spede" })]) },
      },
    });
  });

  it("says that a body which does not come took too long", async () => {
    const { address, close } = await listen(createApp([await binary()], { limits: { milliseconds: 50 } }), { port: 0 });
    const [status, text] = await new Promise<[number, string]>((settle, fail) => {
      const slow = request(`${address}/models/birdstrikes/predict`, { method: "POST" }, (response) => {
        response.setEncoding("utf8").on("data", (chunk: string) => settle([response.statusCode!, chunk]));
      });
      slow.on("error", fail).write("{");
    });

    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ error: { code: "took-too-long" } });
    await close();
  });
});

describe("what is no prediction", () => {
  it("lists the models, and tells one that is not there or not ready", async () => {
    const model = await binary();
    const ask = await servedBy([model, { name: "later", version: null, stale: "No such branch." }]);

    expect((await ask("/models")).body).toEqual({
      models: [
        { name: "birdstrikes", ready: true, version: "v7", treeId: model.version!.treeId, stale: false },
        { name: "later", ready: false, version: null, treeId: null, stale: true },
      ],
    });
    expect(await ask("/models/birdstrikes")).toMatchObject({
      body: { learner: "gbdt", inputs: model.version!.inputs },
    });
    expect(await ask("/models/x/predict", {})).toMatchObject({
      status: 404,
      body: { error: { code: "no-such-model" } },
    });
    expect(await ask("/models/later/predict", {})).toMatchObject({
      status: 503,
      body: { error: { code: "not-ready" } },
    });
    const other = await ask("/models/later/predict");
    expect(other).toMatchObject({ status: 405, body: { error: { code: "no-such-method" } } });
    expect(other.headers.get("allow")).toBe("POST");
    expect(await ask("/no/such")).toMatchObject({ status: 404, body: { error: { code: "no-such-path" } } });
    expect((await ask("/v2/health/live")).body).toEqual({ live: true });
    expect(await ask("/v2/health/ready")).toMatchObject({ status: 503, body: { ready: false, stale: ["later"] } });
    expect((await ask("/ping")).status).toBe(503);
  });

  it("describes each column of features.json in /openapi.json", async () => {
    const { body } = await (await servedBy([withName("team/strikes", await binary())]))("/openapi.json");

    const paths = body["paths"] as Record<string, { post: { requestBody: unknown; responses: unknown } }>;
    const predict = paths["/models/team%2Fstrikes/predict"]!.post;
    expect(predict.requestBody).toMatchObject({
      content: {
        "application/json": {
          schema: {
            oneOf: [
              {
                properties: {
                  records: {
                    items: {
                      properties: {
                        speed: { type: ["number", "null"] },
                        'über "größe"': { type: ["string", "null"] },
                        night: { type: ["boolean", "null"] },
                      },
                    },
                  },
                },
              },
              {},
            ],
          },
        },
      },
    });
    expect(JSON.stringify(predict.responses)).toContain('"enum":[false,true]');
  });

  it("answers models whose names have a slash", async () => {
    const ask = await servedBy([withName("team/strikes", await binary())]);

    expect((await ask("/models/team%2Fstrikes/predict", { records })).status).toBe(200);
  });

  it("tells nothing of a failure inside but its id, which the log has, too", async () => {
    const told: [unknown, string][] = [];
    const broken = {
      ...(await madeLoaded("trees, binary")),
      predictMany: async () => Promise.reject(new Error("secret")),
    };
    const ask = await servedBy([pinned(broken)], { onError: (error, id) => told.push([error, id]) });

    const { status, body } = await ask("/models/birdstrikes/predict", { records });

    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain("secret");
    expect(told).toEqual([[new Error("secret"), body["requestId"]]]);
  });

  it("is the version of the package", async () => {
    const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as {
      version: string;
    };

    expect(manifest.version).toBe(serverVersion);
  });
});

it("may be mounted in another service", async () => {
  const model = await binary();
  const service = new Hono().mount("/refit", createApp([model]).fetch);

  const answer = await service.request("/refit/models/birdstrikes/predict", {
    method: "POST",
    body: JSON.stringify({ records }),
  });

  expect(await answer.json()).toMatchObject({ treeId: model.version!.treeId });
});

it("reads no more of a mounted request than its body may have, whatever length it says", async () => {
  const app = createApp([await binary()], { limits: { bodyBytes: 1000 } });
  let pulled = 0;
  const body = () =>
    new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array((pulled += 400))) });
  const sent = { method: "POST", body: body(), duplex: "half", headers: { "content-length": "10" } } as const;

  const answer = await app.fetch(new Request("http://here/models/birdstrikes/predict", sent));

  expect(answer.status).toBe(413);
  expect(pulled).toBeLessThan(2000);
});

it("calls a mounted request whose client goes away no defect", async () => {
  const defects: unknown[] = [];
  const app = createApp([await binary()], { onError: (error) => defects.push(error) });
  const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("aborted")) });
  const sent = { method: "POST", body, duplex: "half" } as const;

  const answer = await app.fetch(new Request("http://here/models/birdstrikes/predict", sent));

  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { code: "body-invalid" } });
  expect(defects).toEqual([]);
});

it("is reached from this machine only, and ends what is in flight before it closes", async () => {
  const version = await madeLoaded("trees, binary");
  let started: () => void;
  const begun = new Promise<void>((settle) => (started = settle));
  let answerNow: () => void;
  const answered = new Promise<void>((settle) => (answerNow = settle));
  const slow = {
    ...version,
    async predictMany(rows: Parameters<typeof version.predictMany>[0]) {
      started();
      await answered;
      return version.predictMany(rows);
    },
  };
  const { address, close } = await listen(createApp([pinned(slow)]), { port: 0 });
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);

  const answer = fetch(`${address}/models/birdstrikes/predict`, { method: "POST", body: JSON.stringify({ records }) });
  await begun;
  const closed = close();
  await expect(fetch(`${address}/models`)).rejects.toThrow("fetch failed");
  answerNow!();

  expect((await answer).status).toBe(200);
  await closed;
});
