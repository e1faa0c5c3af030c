import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { churnModel } from "../learners/onnx-models.ts";
import { bytesOf, modelPath, onnxCandidate, onnxScene, skipped } from "./support/elsewhere.ts";
import { evaluated, rowName } from "./support/evaluated.ts";
import { program, programCandidate } from "./support/program.ts";
import { rawManifest as manifest } from "./support/raw-manifest.ts";
import { championScene, churnScene, type Scene } from "./support/scene.ts";
import { servedScene, type ServedScene } from "./support/served.ts";
import { shopScene } from "./support/shop.ts";

type Row = Readonly<Record<string, string>>;
type Line = Readonly<Record<string, string | number | boolean | null>>;
type Answer = { readonly class: boolean; readonly probabilities: readonly [number, number] } | null;

const files = ["data/churn/2026-01.csv", "data/churn/2026-02.csv"];
const only = (candidate: object) => ({
  key: "customer",
  candidates: [candidate],
  gates: [{ metric: "rocAuc", min: 0 }],
});
const trees = { learner: "gbdt", trees: 8, leaves: 7 };

/** The same with the columns that this gives. */
const ofPrepared = (candidate: object) => ({ ...only(candidate), slices: ["mood"] });

async function rowsOf(scene: Scene, names: readonly string[]): Promise<Row[]> {
  const all: Row[] = [];
  for (const name of names) {
    const [header, ...lines] = (await readFile(path.join(scene.root, name), "utf8")).trimEnd().split("\n");
    for (const line of lines) {
      const values = line.split(",");
      all.push(Object.fromEntries(header!.split(",").map((column, i) => [column, values[i]!])));
    }
  }
  return all;
}

async function predicted(scene: Scene, names: readonly string[]): Promise<Line[]> {
  const output = path.join(scene.root, "out/answers.jsonl");
  await scene.refit("predict", ["churn", ...names.map((name) => path.join(scene.root, name))], { output });
  const lines = (await readFile(output, "utf8")).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Line);
}

/** Answers to raw rows, asked for so many at a time. */
async function answered({ ask }: ServedScene, rows: readonly object[], size: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let first = 0; first < rows.length; first += size) {
    const { status, body } = await ask("/models/churn/predict", {
      input: "raw",
      records: rows.slice(first, first + size),
    });
    expect({ status, body }).toMatchObject({ status: 200, body: { version: "v1" } });
    answers.push(...(body["answers"] as Answer[]));
  }
  return answers;
}

/** HTTP, the command and the comparison answer alike, to the last bit, however many rows come at once. */
async function expectNoSkew(scene: Scene, names: readonly string[], time: string, sizes = [1, 7, 600]): Promise<void> {
  const rows = await rowsOf(scene, names);
  const lines = await predicted(scene, names);
  const served = await servedScene(scene);
  expect(served.model.stale).toBe(null);
  const expected = lines.map((line) =>
    line["prediction"] === null
      ? null
      : { class: line["prediction"], probabilities: [line["probability_false"], line["probability_true"]] },
  );
  for (const size of sizes) {
    // One at a time takes a while; every row is in the larger requests.
    const some = size === 1 ? rows.slice(280, 320) : rows;
    const answers = await answered(served, some, size);
    const wanted = size === 1 ? expected.slice(280, 320) : expected;
    expect(answers.map((each) => each && { class: each.class, probabilities: each.probabilities })).toEqual(wanted);
  }
  const inComparison = await evaluated(scene);
  const byName = new Map(lines.map((line) => [rowName(line["customer"], line[time]), line["probability_true"]]));
  expect(inComparison.size).toBeGreaterThan(50);
  expect([...inComparison.keys()].map((name) => byName.get(name))).toEqual([...inComparison.values()]);
}

async function live(make: () => Promise<Scene>, landed: Readonly<Record<string, unknown>>): Promise<Scene> {
  const scene = await make();
  await scene.land(landed);
  await scene.run();
  await scene.merge();
  return scene;
}

const onnx = () =>
  live(() => onnxScene({ spec: only(onnxCandidate("2026-01-31")) }), { [modelPath]: bytesOf(churnModel) });

/** A program in Node that trains nothing: it brings a model in ONNX. */
const bringsOnnx = {
  "model/train.js": `const fs = require("node:fs");
const job = JSON.parse(fs.readFileSync(process.env.REFIT_JOB, "utf8"));
fs.writeFileSync(job.model + "/model.onnx", Buffer.from("${churnModel}", "base64"));
`,
};
const commandWithOnnx = () =>
  live(
    () =>
      onnxScene({
        spec: only({
          learner: "command",
          train: [process.execPath, "model/train.js"],
          onnx: "model.onnx",
          code: ["model/train.js"],
          rows: "csv",
        }),
      }),
    bringsOnnx,
  );

describe("no skew: raw rows over HTTP are answered as by refit predict and in a comparison, to the last bit", () => {
  it.each<[kind: string, make: () => Promise<Scene>]>([
    [
      "trees with a threshold, renamed, cast and prepared",
      () => championScene({ spec: { ...ofPrepared(trees), metrics: { primary: "rocAuc", threshold: 0.2 } }, manifest }),
    ],
    [
      "linear, calibrated",
      () => championScene({ spec: ofPrepared({ learner: "linear", calibration: "platt" }), manifest }),
    ],
    ["a blend", () => championScene({ spec: only({ learner: "auto", tries: 2 }) })],
    ["a network", () => championScene({ spec: only({ learner: "tfjs", hidden: [4], epochs: 3 }) })],
    ...(skipped
      ? []
      : ([
          ["ONNX", onnx],
          ["a program that leaves ONNX", commandWithOnnx],
        ] as [string, () => Promise<Scene>][])),
  ])("%s", { timeout: 60_000 }, async (_kind, make) => {
    await expectNoSkew(await make(), files, "day");
  });

  it("with further tables, which are read again when the base branch moves", async () => {
    const scene = await live(() => shopScene({ spec: { key: ["customer", "month"] } }), {});
    const names = Array.from({ length: 8 }, (_, i) => `data/customers/2025-0${i + 1}.csv`);

    await expectNoSkew(scene, names, "month", [100, 800]);

    const served = await servedScene(scene);
    const rows = await rowsOf(scene, names.slice(7));
    const before = await answered(served, rows, 800);
    const orders = path.join(scene.root, "data/orders/2025-07.csv");
    await scene.land({
      "data/orders/2025-07.csv": (await readFile(orders, "utf8")).split("\n").slice(0, 20).join("\n"),
    });
    await served.model.check();
    expect(served.model.stale).toBe(null);
    expect(await answered(served, rows, 800)).not.toEqual(before);
  });
});

describe("raw rows over HTTP", () => {
  const row = { day: "2026-02-03", plan: "basic", hours: 4.5, complaints: 3 };

  it("are described with names, types and forms of the data files, and counted", async () => {
    const served = await servedScene(await championScene({ spec: ofPrepared(trees), manifest }));
    const columns = { day: ["2026-02-03", null], plan: ["basic", "pro"], hours: [4.5, -1], complaints: [3, "1"] };

    const { body } = await served.ask("/models/churn");
    const plain = { required: true, format: null, ownForm: false, missingValues: [""] };
    expect(body["raw"]).toEqual({
      inputs: [
        { ...plain, name: "customer", type: "string" },
        { ...plain, name: "day", type: "date", format: "%Y-%m-%d" },
        { ...plain, name: "plan", type: "string", missingValues: ["", "pro"] },
        { ...plain, name: "hours", type: "number", missingValues: ["", "-1"] },
        { ...plain, name: "complaints", type: "integer" },
        { ...plain, name: "left", type: "boolean", required: false },
      ],
    });
    const customer = ["a", "b"];
    const sent = await served.ask("/models/churn/predict", {
      input: "raw",
      columns: { ...columns, customer, note: [1, 2] },
    });
    expect(sent).toMatchObject({ status: 200, body: { ignored: { count: 1, names: ["note"] } } });
    const { body: described } = await served.ask("/openapi.json");
    const text = JSON.stringify(described);
    expect(text).toContain('"required":["input","records"],"properties":{"input":{"const":"raw"}');
    expect(text).toMatch(
      /"day":\{"anyOf":\[\{"type":"string","pattern":"[^"]+"\},\{"enum":\[null,""\]\}\],"description":"A date, written as %Y-%m-%d"\}/,
    );
    const { body: metrics } = await served.ask("/metrics");
    expect(metrics["text"]).toContain('refit_rows_total{model="churn",input="raw"} 2');
  });

  it("are refused with row, column and the nearest name, and no value", async () => {
    const { ask } = await servedScene(await championScene({ spec: ofPrepared(trees), manifest }));
    const raw = (records: readonly object[]) => ask("/models/churn/predict", { input: "raw", records });
    const good = { customer: "a", ...row };
    const { hours: _, ...without } = good;

    expect(await raw([good, { ...without, hour: 3 }])).toMatchObject({
      status: 422,
      body: { error: { code: "input-invalid", problems: [{ row: 1, column: "hours", found: null, nearest: "hour" }] } },
    });
    const wrong = await raw([{ ...good, day: "3 Feb, secret" }]);
    expect(wrong).toMatchObject({
      status: 422,
      body: {
        error: { problems: [{ row: 0, column: "day", expected: "a date as text, written as %Y-%m-%d, or null" }] },
      },
    });
    expect(JSON.stringify(wrong.body)).not.toContain("secret");
    expect(await ask("/models/churn/predict", { input: "cooked", records: [] })).toMatchObject({ status: 400 });
    expect(await raw([])).toMatchObject({ status: 200, body: { answers: [] } });
  });

  it("are only values, whatever they look like", async () => {
    const served = await servedScene(await championScene({ spec: ofPrepared(trees), manifest }));
    const hostile = [
      "'; DROP TABLE refit_loaded; --",
      "') UNION SELECT content FROM read_text('/etc/passwd') --",
      "$1",
      "\\",
      '"}],"n":9e9,"c0":["',
      "\ud800",
      "\u{202e}x",
      "x".repeat(100_000),
    ];
    const other = await answered(served, [{ customer: "a", ...row, plan: "unseen" }], 1);

    for (const size of [1, hostile.length]) {
      const rows = hostile.map((plan) => ({ customer: plan, ...row, plan }));
      expect(await answered(served, rows, size)).toEqual(hostile.map(() => other[0]));
    }
    expect(served.notices).toEqual([]);
  });

  it("are refused where rows cannot be prepared alone, and prepared ones are answered", async () => {
    const window = "SELECT *, hours - lag(hours) OVER (PARTITION BY plan ORDER BY day, customer) AS off FROM source";
    const { ask } = await servedScene(await championScene({ spec: only(trees), manifest: { prepare: window } }));
    const refused = {
      code: "prepare-not-row-wise",
      hint: expect.stringContaining('Or send prepared rows: leave out `"input": "raw"`.') as string,
    };

    expect(await ask("/models/churn/predict", { input: "raw", records: [row] })).toMatchObject({
      status: 422,
      body: { error: refused },
    });
    expect((await ask("/models/churn")).body["raw"]).toMatchObject(refused);
    const prepared = { plan: "basic", hours: 4.5, complaints: 3, off: 15, day: "2026-02-03" };
    expect(await ask("/models/churn/predict", { records: [prepared] })).toMatchObject({ status: 200 });
  });
});

it("a version that a program answers for is not served, and says what to do", async () => {
  const scene = await live(() => churnScene({ spec: only(programCandidate) }), program);
  const { model, ask } = await servedScene(scene);

  expect(model.version).toBe(null);
  expect(model.stale).toContain("would be started again for each request. Use `refit predict` for rows in files.");
  expect(model.stale).toContain("`onnx: model.onnx`");
  expect((await ask("/v2/health/ready")).status).toBe(503);
});
