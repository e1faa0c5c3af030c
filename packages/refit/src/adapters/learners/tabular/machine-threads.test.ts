import { Worker } from "node:worker_threads";
import type { FitRequest, LabelledRows, Threads } from "@refit/core/runtime";
import { learners } from "@refit/tabular";
import { describe, expect, it } from "vitest";
import { machineThreads } from "./machine-threads.ts";

type Request = Parameters<typeof learners.gbdt.fit>[0];

const COLUMNS = 28;

/** Numbers with gaps and categories; enough of them for four threads. */
function madeUp(rows: number): LabelledRows {
  let state = 1;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const columns = Array.from({ length: COLUMNS }, (_, index) =>
    index % 4 === 3
      ? {
          kind: "categorical" as const,
          name: `c${index}`,
          levels: 40,
          codes: Uint8Array.from({ length: rows }, () => 42 * random()),
        }
      : {
          kind: "numeric" as const,
          name: `n${index}`,
          values: Float32Array.from({ length: rows }, () => (random() < 0.05 ? NaN : random())),
        },
  );
  const [a, b] = columns as unknown as [{ values: Float32Array }, { values: Float32Array }];
  const target = Float64Array.from({ length: rows }, (_, row) =>
    a.values[row]! * b.values[row]! + random() / 2 > 0.5 ? 1 : 0,
  );
  return { features: { rows, columns }, target };
}

const train = madeUp(72_000);
const validation = madeUp(500);

async function model(threads: Threads | null, change: Partial<Request["settings"]> = {}): Promise<string> {
  const settings = {
    learner: "gbdt" as const,
    trees: 3,
    leaves: 15,
    learningRate: 0.1,
    minLeafRows: 20,
    minCategoryRows: 20,
    l2: 1,
    rowFraction: 1,
    featureFraction: 1,
    maxBins: 255,
    earlyStoppingRounds: 0,
    ...change,
  };
  const task = change.objective === undefined ? ("binary" as const) : ("regression" as const);
  const classes = task === "binary" ? 2 : 0;
  const request: FitRequest<typeof settings> = { task, classes, settings, seed: 7, train, validation };
  const files = await learners.gbdt.fit(threads === null ? request : { ...request, threads });
  return Buffer.from(files.get("model.json")!).toString();
}

/** So many threads, whatever the machine has. @param come told of each that was started. */
function threadsOf(count: number, come: () => void = () => {}): Threads {
  return {
    count,
    start(helper) {
      come();
      machineThreads.start(helper);
    },
  };
}

describe("threads of the machine", () => {
  it.each<[what: string, change: Partial<Request["settings"]>]>([
    ["on all rows and columns", {}],
    ["on some rows and columns", { rowFraction: 0.6, featureFraction: 0.4 }],
    ["with leaves that are renewed", { objective: "quantile", quantile: 0.8, rowFraction: 0.6 }],
    ["with Huber's", { objective: "huber", delta: 0.3 }],
    ["of counts", { objective: "poisson" }],
    [
      "under constraints",
      { l1: 2, monotone: { n0: "increasing", n1: "decreasing" }, interactions: [["n0", "n1", "c3"], ["n2"]] },
    ],
  ])("change no byte of a model: %s", async (_what, change) => {
    let started = 0;
    const come = (): void => void started++;

    const models = [
      await model(null, change),
      await model(threadsOf(2, come), change),
      await model(threadsOf(4, come), change),
    ];

    expect(started).toBe(1 + 3);
    expect(new Set(models.map((text) => text)).size).toBe(1);
  });

  it("are done without where they do not start", async () => {
    expect((await model({ count: 2, start: () => {} })) === (await model(null))).toBe(true);
  });

  it("end the training where one fails, and nobody waits for it", async () => {
    const failing: Threads = {
      count: 2,
      start({ module, memory }) {
        const program = `
          const { workerData: { module, memory } } = require("node:worker_threads");
          const imports = { env: { memory }, derive: Math, team: { wait: () => { throw new Error("out of order"); } } };
          const { help, fail } = new WebAssembly.Instance(module, imports).exports;
          try { help(); } catch { fail(); }`;
        new Worker(program, { eval: true, workerData: { module, memory } }).unref();
      },
    };

    await expect(model(failing)).rejects.toThrow("unreachable");
  });
});
