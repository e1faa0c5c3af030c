import { Worker } from "node:worker_threads";
import { drawReplicates, type ReplicatesRequest } from "@refit/core/statistics";
import { beforeAll, describe, expect, it } from "vitest";
import { threadedReplicates } from "../../src/adapters/resampling/index.ts";
import { resamplingProgram } from "../../src/adapters/resampling/program.ts";
import { finish, NOT_DRAWN, type SharedReplicates } from "../../src/adapters/resampling/take-part.ts";

const ROWS = 900;

type Change = Partial<ReplicatesRequest & ReplicatesRequest["pairs"][number]>;

/** Two pairs: models that were measured by one metric, and the first of them by another one, too. */
function madeUp({ metric = "rocAuc", champion, challenger, ...change }: Change = {}): ReplicatesRequest {
  let state = 7;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const target = Float64Array.from({ length: ROWS }, () => (random() < 0.4 ? 1 : 0));
  const model = (skill: number) => target.map((label) => Math.min(0.99, (skill * label + random()) / (1 + skill)));
  const [one, other] = [champion ?? model(0.5), challenger ?? model(0.55)];
  const pairs = [
    { metric, champion: one, challenger: other },
    { metric: change.task === "multiclass" ? "logLoss" : "brier", champion: other, challenger: one },
  ];
  return { task: "binary", classes: 2, target, seed: 11, replicates: 50, pairs, ...change };
}

/** As the bundle has it. */
async function bundledProgram(): Promise<string> {
  const script = new URL("../../resampling-program.mjs", import.meta.url).href;
  const made = (await import(script)) as { resamplingProgram: () => Promise<string> };
  return made.resamplingProgram();
}

const bits = (values: Float64Array): BigUint64Array => new BigUint64Array(values.buffer);

describe("resamples that several threads draw", () => {
  let program: string;
  beforeAll(async () => {
    program = await bundledProgram();
  });

  const three = Float64Array.from({ length: 3 * ROWS }, (_, i) => [0.2, 0.5, 0.3, 0.6, 0.1, 0.3, 0.3][i % 7]!);
  const own = { own: { profit: { row: "1", higherIsBetter: true } } };
  it.each<[what: string, change: Change]>([
    ["ranks", {}],
    ["losses, with weights", { metric: "logLoss", weights: Float64Array.from({ length: ROWS }, (_, i) => i % 5) }],
    ["whole groups", { metric: "prAuc", groups: Int32Array.from({ length: ROWS }, (_, i) => i % 90) }],
    ["classes at a threshold", { metric: "f1", settings: { threshold: 0.4 } }],
    [
      "several classes",
      { metric: "f1Macro", task: "multiclass", classes: 3, champion: three, challenger: three.toReversed() },
    ],
    ["a metric of the model's own", { metric: "profit", settings: own }],
    ["fewer than a thread takes at once", { replicates: 3 }],
    ["a metric that is not defined", { target: new Float64Array(ROWS) }],
  ])("are the same to the last bit: %s", (_what, change) => {
    const request = madeUp(change);
    const alone = drawReplicates(request);

    for (const threads of [2, 4]) {
      const together = threadedReplicates({ program, threads, drawsPerThread: 1 })(request);
      expect(together.map(bits)).toEqual(alone.map(bits));
    }
  });

  it("come from the others, too", () => {
    const request = madeUp();
    const shared: SharedReplicates = {
      request,
      values: new Float64Array(new SharedArrayBuffer(16 * request.replicates)).fill(NOT_DRAWN),
      control: new Int32Array(new SharedArrayBuffer(8)),
    };
    const worker = new Worker(program, { eval: true, workerData: shared });
    worker.unref();

    // This thread takes none, and has the patience of a busy machine.
    finish(shared, 100_000);

    const [first, second] = drawReplicates(request);
    expect([...shared.values]).toEqual([...first!].flatMap((value, i) => [value, second![i]!]));
  });

  it.each([
    ["does not start", "this is not a program"],
    ["ends at once", "process.exit(3);"],
    [
      "takes some and never gives them",
      "Atomics.add(require('node:worker_threads').workerData.control, 0, 12); setInterval(() => {}, 1000);",
    ],
  ])("are drawn here where a thread %s", (_what, broken) => {
    const request = madeUp({ replicates: 400 });

    expect(threadedReplicates({ program: broken, threads: 3, drawsPerThread: 1 })(request)).toEqual(
      drawReplicates(request),
    );
  });

  it("are drawn on one thread where there is little to do, or no program: the sources have none", () => {
    const request = madeUp();
    const failing = "throw new Error('nobody was to start this')";

    expect(resamplingProgram).toBeNull();
    for (const draw of [threadedReplicates({ threads: 4 }), threadedReplicates({ program: failing, threads: 4 })]) {
      expect(draw(request)).toEqual(drawReplicates(request));
    }
  });
});
