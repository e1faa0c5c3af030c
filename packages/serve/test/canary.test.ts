import type { LoadedVersion, Predictions, RowAnswer } from "@refit/runtime";
import { beforeAll, describe, expect, it } from "vitest";
import {
  canaryBucket,
  canaryGuard,
  predictionLog,
  type AppOptions,
  type LogSink,
  type ServedCanary,
} from "../src/index.ts";
import { answerOf, loadedOf, rowOf, servedCanary, twoVersions } from "./support/canary.ts";
import { servedBy } from "./support/served.ts";

let champion: LoadedVersion;
let canary: LoadedVersion;
let answers: { readonly champion: RowAnswer; readonly canary: RowAnswer };
/** Customers who get the canary at 25 percent, and such who do not. */
let chosen: string[];
let others: string[];
beforeAll(async () => {
  const files = await twoVersions();
  champion = await loadedOf(files.champion, "v7");
  canary = await loadedOf(files.canary);
  answers = { champion: await answerOf(champion), canary: await answerOf(canary) };
  const customers = Array.from({ length: 60 }, (_, i) => `c${i}`);
  const buckets = customers.map((customer) => canaryBucket(canary.treeId, customer));
  chosen = customers.filter((_, i) => buckets[i]! < 0.25);
  others = customers.filter((_, i) => buckets[i]! >= 0.25);
});

type Line = Record<string, unknown>;
const own = "/models/birdstrikes/predict";
const key = () => [["customer", "Customer No"]];

/** A server of both, and its log. */
async function scene(beside: ServedCanary, options: AppOptions = {}) {
  const lines: Line[] = [];
  const sink: LogSink = {
    async write(texts) {
      lines.push(...texts.map(({ text }) => JSON.parse(text) as Line));
    },
    async close() {},
  };
  const log = predictionLog(sink, { columns: () => ({ key: key(), omit: [] }), keys: "plain" });
  const model = { name: "birdstrikes", version: champion, stale: null, canary: beside };
  // A machine that is busy is no reason to stand in for a canary.
  const ask = await servedBy([model], { key, log, limits: { canaryMilliseconds: 10_000 }, ...options });
  const logged = async () => {
    await log.close();
    return lines;
  };
  return { ask, logged, log };
}

const predictionOf = (answer: RowAnswer) =>
  answer.kind === "class" ? { class: answer.class, probabilities: answer.probabilities } : { value: answer.value };

/** As a version, but for how it answers. */
const answering = (version: LoadedVersion, predictMany: (rows: number) => Promise<Predictions>): LoadedVersion => ({
  ...version,
  predictMany: async (rows) => predictMany((rows as readonly unknown[]).length),
});
const failing = () => answering(canary, async () => Promise.reject(new Error("out of order")));
const never = () => answering(canary, () => new Promise(() => {}));

describe("a champion and its canary", () => {
  it("each answer those whose key says so, in each protocol, and say which they are", async () => {
    const { ask, logged } = await scene(servedCanary(canary, 25));
    const asked = [
      [chosen[0], "canary", canary],
      [others[0], "champion", champion],
    ] as const;

    for (const [customer, arm, version] of asked) {
      const { body, headers } = await ask(own, { records: [rowOf(customer)] });
      const by = { arm, sticky: true, canary: { treeId: canary.treeId, rows: arm === "canary" ? [0] : [] } };
      expect(body).toMatchObject({ version: version.version, treeId: version.treeId, answers: [answers[arm]], ...by });
      const told = { "x-refit-arm": arm, "x-refit-version": version.treeId, "x-refit-sticky": "true" };
      expect(Object.fromEntries(headers)).toMatchObject(told);

      const infer = await ask("/v2/models/birdstrikes/infer", { inputs: tensorsOf(rowOf(customer)) });
      expect(infer.body).toMatchObject({
        model_version: version.version ?? version.treeId,
        parameters: { treeId: version.treeId, arm, sticky: true },
      });
      expect(Object.fromEntries(infer.headers)).toMatchObject(told);

      const mlflow = await ask("/invocations", { dataframe_records: [rowOf(customer)] });
      expect(mlflow.body).toEqual({ predictions: [(answers[arm] as { class: unknown }).class] });
      expect(Object.fromEntries(mlflow.headers)).toMatchObject({ ...told, "refit-tree-id": version.treeId });
    }
    const lines = await logged();

    expect(lines).toHaveLength(6);
    for (const line of lines) {
      const arm = line["arm"] as "champion" | "canary";
      const [mine, other] = arm === "canary" ? ([canary, champion] as const) : ([champion, canary] as const);
      expect(line).toMatchObject({ version: mine.treeId, prediction: predictionOf(answers[arm]) });
      expect(line["other"]).toEqual({
        version: other.treeId,
        prediction: predictionOf(answers[arm === "canary" ? "champion" : "canary"]),
        microseconds: expect.any(Number),
      });
    }
    expect(lines.map((line) => [line["key"], line["arm"]])).toEqual(
      asked.flatMap(([customer, arm]) => Array.from({ length: 3 }, () => [customer, arm])),
    );
  });

  it("share the rows of one request, each by its own key", async () => {
    const { ask, logged } = await scene(servedCanary(canary, 25));
    const customers = [others[0]!, chosen[0]!, others[1]!, chosen[1]!];

    const { body, headers } = await ask(own, { records: customers.map(rowOf) });
    const lines = await logged();

    expect(body).toMatchObject({
      treeId: champion.treeId,
      arm: "both",
      sticky: true,
      canary: { treeId: canary.treeId, rows: [1, 3] },
      answers: [answers.champion, answers.canary, answers.champion, answers.canary],
    });
    expect(headers.get("x-refit-version")).toBe(`${champion.treeId}, ${canary.treeId}`);
    expect(new Map(lines.map((line) => [line["key"], line["arm"]]))).toEqual(
      new Map(customers.map((customer, row) => [customer, row % 2 === 1 ? "canary" : "champion"])),
    );
    expect(lines).toHaveLength(customers.length);
    for (const line of lines) expect(line["other"]).toBeDefined();
    expect(new Set(lines.map((line) => (line["id"] as string).split("/")[1]))).toEqual(new Set(["0", "1", "2", "3"]));
  });

  it("take the key of a header where a row has none, and without both the id of the request, which they say", async () => {
    const { ask } = await scene(servedCanary(canary, 25));

    for (const [customer, arm] of [
      [chosen[0], "canary"],
      [others[0], "champion"],
    ] as const) {
      const { body } = await ask(own, { records: [rowOf()] }, { "x-refit-key": customer! });
      expect(body).toMatchObject({ arm, sticky: true });
      const without = await ask(own, { records: [rowOf()] }, { "x-request-id": customer! });
      expect(without.body).toMatchObject({ arm, sticky: false });
      expect(without.headers.get("x-refit-sticky")).toBe("false");
    }
    const inRow = await ask(own, { records: [rowOf(chosen[0])] }, { "x-refit-key": others[0]! });
    expect(inRow.body).toMatchObject({ arm: "canary", sticky: true });
    const renamed = await ask(own, { records: [{ ...rowOf(), "Customer No": chosen[0] }] });
    expect(renamed.body).toMatchObject({ arm: "canary", sticky: true });
  });

  it("read a key in a header as UTF-8, as it stands in JSON", async () => {
    const { ask } = await scene(servedCanary(canary, 50));
    const customers = Array.from({ length: 20 }, (_, i) => `ü-${i}`);

    for (const customer of customers) {
      const inHeader = Buffer.from(customer).toString("latin1");
      const [row, header] = await Promise.all([
        ask(own, { records: [rowOf(customer)] }),
        ask(own, { records: [rowOf()] }, { "x-refit-key": inHeader }),
      ]);
      expect(header.body["arm"]).toBe(row.body["arm"]);
    }
  });

  it("at 0 percent the champion answers everybody, and both are in the log", async () => {
    const { ask, logged } = await scene(servedCanary(canary, 0));

    for (const customer of [...chosen, ...others].slice(0, 20)) {
      const { body } = await ask(own, { records: [rowOf(customer)] });
      expect(body).toMatchObject({ arm: "champion", treeId: champion.treeId, answers: [answers.champion] });
    }

    for (const line of await logged())
      expect(line).toMatchObject({ arm: "champion", other: { version: canary.treeId } });
  });

  it("whoever names the version in the path gets that one", async () => {
    const { ask } = await scene(servedCanary(canary, 25));
    const inputs = tensorsOf(rowOf(chosen[0]));

    expect((await ask("/v2/models/birdstrikes/infer", { inputs })).body).toMatchObject({
      parameters: { arm: "canary" },
    });
    const pinned = await ask("/v2/models/birdstrikes/versions/v7/infer", { inputs });
    expect(pinned.body).toMatchObject({ parameters: { arm: "champion", treeId: champion.treeId } });
    expect((await ask(`/v2/models/birdstrikes/versions/${canary.treeId}/infer`, { inputs })).status).toBe(404);
  });

  it("rows that the champion does not take are refused for all of its callers, and speak not against the canary", async () => {
    const guard = canaryGuard();
    const { ask, logged } = await scene(servedCanary(canary, 25, { guard }));
    const wrong = { ...rowOf(), speed: "fast" };

    for (const customer of [...chosen, ...others]) {
      expect(await ask(own, { records: [{ ...wrong, customer }] })).toMatchObject({ status: 422 });
    }

    expect(guard.stopped).toBe(null);
    expect(await logged()).toEqual([]);
  });
});

describe("a canary that goes wrong", () => {
  it.each<[why: string, reason: string, version: () => LoadedVersion]>([
    ["fails", "out of order", failing],
    [
      "answers with what is not a number",
      "not a finite number",
      () =>
        answering(canary, async (rows) => ({
          ...(await canary.predictMany([rowOf()])),
          answers: Array.from({ length: rows }, () => ({ ...answers.canary, probabilities: [Number.NaN, 1] }) as never),
        })),
    ],
    [
      "takes other columns",
      "more is",
      () => answering(canary, async () => Promise.reject(new Error("more is missing"))),
    ],
  ])(
    "%s: the champion answers in its place, and after five times it is not asked any more",
    async (_why, reason, version) => {
      const guard = canaryGuard();
      const { ask, logged } = await scene(servedCanary(version(), 25, { guard }));

      for (let i = 0; i < 5; i++) {
        expect(guard.stopped).toBe(null);
        const { status, body } = await ask(own, { records: [rowOf(chosen[0]), rowOf(chosen[1])] });
        expect([status, body]).toMatchObject([
          200,
          { arm: "champion", treeId: champion.treeId, answers: [answers.champion, answers.champion] },
        ]);
      }
      expect(guard.stopped).toMatchObject({ reason: "failed", message: expect.stringContaining(reason) });
      const { body } = await ask(own, { records: [rowOf(chosen[0])] });
      expect(body).not.toHaveProperty("arm");
      expect(body).toMatchObject({ treeId: champion.treeId, answers: [answers.champion] });
      const metrics = String((await ask("/metrics")).body["text"]);

      expect(metrics).toContain(
        `refit_canary_stopped{model="birdstrikes",tree_id="${canary.treeId}",reason="failed"} 1`,
      );
      expect(metrics).toContain('refit_canary_requests_total{model="birdstrikes",outcome="failed"} 5');
      expect((await ask("/models")).body).toMatchObject({ models: [{ canary: { stopped: "failed", percent: 25 } }] });
      const lines = await logged();
      expect(lines.map((line) => line["arm"])).toEqual([...Array<string>(10).fill("champion"), undefined]);
      for (const line of lines) expect(line).not.toHaveProperty("other");
    },
  );

  it("is stopped, too, where only the champion's callers are there", async () => {
    const guard = canaryGuard();
    const { ask, log } = await scene(servedCanary(failing(), 0, { guard }));

    for (let i = 0; i < 5; i++) expect(await ask(own, { records: [rowOf(others[0])] })).toMatchObject({ status: 200 });
    await log.close();

    expect(guard.stopped).toMatchObject({ reason: "failed" });
  });

  it("never answers: nobody waits for it, its callers get the champion's answer, and then it is stopped", async () => {
    const guard = canaryGuard();
    const { ask, logged } = await scene(servedCanary(never(), 25, { guard }), { limits: { canaryMilliseconds: 5 } });

    // On a machine that is busy, some are not even begun in time.
    let sent = 0;
    for (; guard.stopped === null && sent < 500; sent++) {
      const { body } = await ask(own, { records: [rowOf(sent % 2 === 0 ? chosen[0] : others[0])] });
      expect(body).toMatchObject({ treeId: champion.treeId, answers: [answers.champion] });
    }
    const lines = await logged();

    for (const line of lines) expect(line).not.toHaveProperty("other");
    expect(lines).toHaveLength(sent);
    expect(guard.stopped).toMatchObject({ reason: "slow" });
  });

  it("that is slow because the champion is, too, is not stopped", async () => {
    const guard = canaryGuard();
    const wait = async () => new Promise((settle) => setTimeout(settle, 20));
    const late = (version: LoadedVersion): LoadedVersion => ({
      ...version,
      async predictMany(rows) {
        await wait();
        return version.predictMany(rows);
      },
    });
    const model = {
      name: "birdstrikes",
      version: late(champion),
      stale: null,
      canary: servedCanary(late(canary), 0, { guard }),
    };
    const ask = await servedBy([model], { limits: { canaryMilliseconds: 5 } });

    for (let i = 0; i < 25; i++) expect(await ask(own, { records: [rowOf()] })).toMatchObject({ status: 200 });
    await expect
      .poll(async () => String((await ask("/metrics")).body["text"]))
      .toContain('refit_canary_requests_total{model="birdstrikes",outcome="left"} 25');

    expect(guard.stopped).toBe(null);
  });

  it("could not be loaded: nothing is different for callers, and metrics say so", async () => {
    const { ask, logged } = await scene({ loaded: null, percent: 25, problem: "It is damaged." });

    const { body, headers } = await ask(own, { records: [rowOf(chosen[0])] });
    expect(body).toMatchObject({ treeId: champion.treeId, answers: [answers.champion] });
    expect(body).not.toHaveProperty("arm");
    expect(headers.get("x-refit-arm")).toBe(null);
    expect(String((await ask("/metrics")).body["text"])).toContain('refit_canary_ready{model="birdstrikes"} 0');
    const [line] = await logged();

    expect(line).not.toHaveProperty("arm");
  });
});

function tensorsOf(row: Record<string, unknown>): object[] {
  const datatypes: Record<string, string> = { speed: "FP64", __proto__: "FP64", engines: "INT64", night: "BOOL" };
  return Object.entries(row).map(([name, value]) => ({
    name,
    datatype: Object.hasOwn(datatypes, name) ? datatypes[name] : "BYTES",
    shape: [1],
    data: [value],
  }));
}
