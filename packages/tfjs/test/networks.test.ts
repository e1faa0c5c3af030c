import { createHash } from "node:crypto";
import { fillSettings, type ArtifactFiles, type FitRequest, type TfjsSettings } from "@refit/core/runtime";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { madeUpRows, picked } from "../../../tools/testkit/src/conformance/made-up-rows.ts";
import { useBackend } from "../src/backend.ts";
import { tfjs } from "../src/index.ts";

const quick = { hidden: [8], batchSize: 128, learningRate: 0.03, epochs: 4, earlyStoppingEpochs: 2 };
const settingsOf = (change: Partial<TfjsSettings> = {}) =>
  ({ ...fillSettings(tfjs), ...quick, ...change }) as unknown as TfjsSettings;

type Task = FitRequest<TfjsSettings>["task"];

function requestOf(task: Task, settings: TfjsSettings): FitRequest<TfjsSettings> {
  return {
    task,
    classes: { binary: 2, multiclass: 3, regression: 0 }[task],
    settings,
    seed: 7,
    train: madeUpRows(task, 500, 1),
    validation: madeUpRows(task, 150, 2),
    program: { target: { name: "y", task, classes: null }, code: new Map() },
  };
}

function digest(files: ArtifactFiles): string {
  const hash = createHash("sha256");
  for (const [name, bytes] of files) hash.update(name).update(bytes);
  return hash.digest("hex").slice(0, 16);
}

describe("a network", () => {
  // Pinned, so that every Node version is held to the same bytes. A change here must raise the learner's algorithm version.
  it.each<[task: Task, backend: TfjsSettings["backend"], pinned: string]>([
    ["binary", "wasm", "37133b7fa97ef6cf"],
    ["multiclass", "wasm", "9150ff80c4ba6fe8"],
    ["regression", "wasm", "ae8a7efc62da9252"],
    ["binary", "cpu", "2d82557e3b70b02c"],
  ])("%s on %s: the same request gives the same bytes everywhere", async (task, backend, pinned) => {
    const first = await tfjs.fit(requestOf(task, settingsOf({ backend })));
    const again = await tfjs.fit(requestOf(task, settingsOf({ backend })));

    expect([digest(first), digest(again)]).toEqual([pinned, pinned]);
  });

  it("gives other weights for another seed", async () => {
    const request = requestOf("binary", settingsOf());

    expect(digest(await tfjs.fit({ ...request, seed: 8 }))).not.toBe(digest(await tfjs.fit(request)));
  });

  it("leaves no tensor behind, whether it learns, answers or fails, but those of a network that stays open", async () => {
    await tfjs.fit(requestOf("binary", settingsOf()));
    let before = 0;
    for (const task of ["binary", "multiclass", "regression"] as const) {
      const files = await tfjs.fit(requestOf(task, settingsOf()));
      const model = await tfjs.load(files);
      before = tf.memory().numTensors;
      await model.predict(madeUpRows(task, 300, 3).features);
      await tfjs.load(files);
      expect(tf.memory().numTensors).toBe(before);
    }
    const diverging = requestOf(
      "regression",
      settingsOf({ learningRate: 1, weightDecay: 10, hidden: [8, 8], epochs: 200 }),
    );
    await tfjs
      .fit({
        ...diverging,
        validation: { ...diverging.validation, target: diverging.validation.target.map(() => NaN) },
      })
      .catch(() => {});

    expect(tf.memory().numTensors).toBe(before);
  });

  it("is read once for many calls, also in turn with others of another backend, and again once it was closed", async () => {
    let read = 0;
    class CountedFiles extends Map<string, Uint8Array> {
      override get(name: string): Uint8Array | undefined {
        if (name === "model.json") read++;
        return super.get(name);
      }
    }
    const rows = madeUpRows("binary", 50, 3).features;
    const models = await Promise.all(
      (["wasm", "cpu"] as const).map(async (backend) => {
        const files = await tfjs.fit(requestOf("binary", settingsOf({ backend })));
        return { files, model: await tfjs.load(new CountedFiles(files)) };
      }),
    );
    const expected = await Promise.all(models.map(async ({ model }) => model.predict(rows)));
    const before = read;

    const calls = Array.from({ length: 10 }, async (_, i) => models[i % 2]!.model.predict(rows));
    expect(await Promise.all(calls)).toEqual(calls.map((_, i) => expected[i % 2]));
    expect(read).toBe(before);

    // As many others are opened as may stay open.
    const [{ files }] = models as [(typeof models)[0]];
    for (let i = 0; i < 64; i++) await tfjs.load(new Map(files));
    const tensors = tf.memory().numTensors;
    expect(await models[0]!.model.predict(rows)).toEqual(expected[0]);
    expect(read).toBeGreaterThan(before);
    for (let i = 0; i < 10; i++) await tfjs.load(new Map(files));
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it("answers a row alike, whatever rows are beside it", async () => {
    const model = await tfjs.load(await tfjs.fit(requestOf("multiclass", settingsOf({ hidden: [17, 9] }))));
    const rows = madeUpRows("multiclass", 200, 3);
    const all = await model.predict(rows.features);

    for (const row of [0, 1, 57, 199]) {
      expect(await model.predict(picked(rows, [row]).features)).toEqual(all.slice(3 * row, 3 * row + 3));
    }
  });

  it("says so when its loss is not finite", async () => {
    const request = requestOf("regression", settingsOf());
    const train = { ...request.train, target: request.train.target.map((_, i) => (i === 3 ? Infinity : 1)) };

    await expect(tfjs.fit({ ...request, train })).rejects.toMatchObject({ code: "learner-diverged" });
  });

  it("learns embeddings on wasm as on cpu: the kernel that wasm lacks is right", async () => {
    const gradients: number[][] = [];
    for (const backend of ["cpu", "wasm"] as const) {
      await useBackend(backend);
      const grad = tf.tidy(() => {
        const table = tf.tensor2d([
          [1, 2],
          [3, 4],
          [5, 6],
        ]);
        const ids = tf.tensor1d([2, 0, 2, 2], "int32");
        const weights = tf.tensor2d([
          [1, 2],
          [3, 4],
          [5, 6],
          [7, 8],
        ]);
        return tf
          .grad((x: tf.Tensor) => tf.sum(tf.mul(tf.gather(x, ids), weights)))(table)
          .dataSync();
      });
      gradients.push([...grad]);
    }

    expect(gradients).toEqual([
      [3, 4, 0, 0, 13, 16],
      [3, 4, 0, 0, 13, 16],
    ]);
  });
});
