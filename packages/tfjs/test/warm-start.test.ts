import { fillSettings, type ArtifactFiles, type FitRequest, type TfjsSettings } from "@refit/core/runtime";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { madeUpRows } from "../../../tools/testkit/src/conformance/made-up-rows.ts";
import { tfjs } from "../src/index.ts";

const settings = (epochs: number) =>
  fillSettings(tfjs, {
    hidden: [8],
    batchSize: 64,
    learningRate: 0.02,
    epochs,
    earlyStoppingEpochs: 0,
  }) as unknown as TfjsSettings;

type Task = FitRequest<unknown>["task"];

/** @param start the network to go on from; left out: none. */
function fit(task: Task, epochs: number, start?: ArtifactFiles): Promise<ArtifactFiles> {
  const classes = { binary: 2, multiclass: 3, regression: 0 }[task];
  const [train, validation] = [madeUpRows(task, 200, 1), madeUpRows(task, 100, 2)];
  return tfjs.fit({ task, classes, settings: settings(epochs), seed: 7, train, validation, ...(start && { start }) });
}

async function squaredError(task: Task, files: ArtifactFiles): Promise<number> {
  const rows = madeUpRows(task, 200, 3);
  const answers = await (await tfjs.load(files)).predict(rows.features);
  const width = task === "multiclass" ? 3 : 1;
  const errors = answers.map((answer, i) => {
    const target = rows.target[Math.floor(i / width)]!;
    const difference = (width === 1 ? target : Number(target === i % width)) - answer;
    return difference * difference;
  });
  return errors.reduce((sum, each) => sum + each, 0) / rows.target.length;
}

describe("a network that goes on from another one", () => {
  it.each<[task: Task]>([["binary"], ["multiclass"], ["regression"]])(
    "%s: starts where that one ended, repeats its bytes, and leaves no tensor behind",
    async (task) => {
      const live = await fit(task, 12);
      const before = tf.memory().numTensors;

      const [warm, again, cold] = [await fit(task, 1, live), await fit(task, 1, live), await fit(task, 1)];

      expect(tf.memory().numTensors).toBe(before);
      expect([...warm]).toEqual([...again]);
      expect([...warm]).not.toEqual([...live]);
      const [errorOfLive, errorOfWarm, errorOfCold] = await Promise.all(
        [live, warm, cold].map((files) => squaredError(task, files)),
      );
      expect(errorOfWarm).toBeLessThan((errorOfLive! + errorOfCold!) / 2);
    },
  );

  it("keeps how numbers were standardised, and counts new gaps as the mean", async () => {
    const live = await fit("regression", 3);
    const train = madeUpRows("regression", 200, 5);
    const columns = train.features.columns.map((column) =>
      column.kind === "numeric" ? { ...column, values: column.values.map((x, i) => (i % 3 ? 10 * x : NaN)) } : column,
    );
    const request = { task: "regression" as const, classes: 0, settings: settings(1), seed: 7, start: live };
    const moved = { ...train, features: { ...train.features, columns } };

    const warm = await tfjs.fit({ ...request, train: moved, validation: train });

    const storedOf = (files: ArtifactFiles) =>
      JSON.parse(new TextDecoder().decode(files.get("model.json"))) as {
        readonly features: unknown;
        readonly link: unknown;
      };
    expect(storedOf(warm).features).toEqual(storedOf(live).features);
    expect(storedOf(warm).link).toEqual(storedOf(live).link);
  });

  it("refuses one that was trained on other columns", async () => {
    const live = await fit("binary", 1);
    const other = madeUpRows("binary", 50, 1);
    const train = { ...other, features: { ...other.features, columns: other.features.columns.slice(1) } };

    const attempt = tfjs.fit({
      task: "binary",
      classes: 2,
      settings: settings(1),
      seed: 7,
      train,
      validation: train,
      start: live,
    });

    await expect(attempt).rejects.toMatchObject({ code: "artifact-invalid" });
  });
});
