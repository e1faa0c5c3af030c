import type { FeatureSpec } from "@refit/core/data";
import type { FeatureMatrix } from "@refit/core/runtime";
import { expect, it } from "vitest";
import type { Prepared } from "../products/prepared.ts";
import { answersOfModel, shuffledAnswers } from "./challenger-answers.ts";

const split = { holdout: Uint32Array.from({ length: 2500 }, (_, row) => 100 + row) } as Prepared["split"];

/** Rows whose columns are their number, and a model that answers with the sum of the columns. */
function asked() {
  const calls: number[] = [];
  const reads: number[] = [];
  const featureSpec = {
    features: Array.from({ length: 12 }, (_, i) => ({ name: `f${i}`, input: `c${i >> 1}` })),
  } as unknown as FeatureSpec;
  const part = async (rows: Uint32Array) => {
    reads.push(rows.length);
    const columns = featureSpec.features.map(({ name }) => ({
      kind: "numeric" as const,
      name,
      values: Float32Array.from(rows),
    }));
    return { rows, target: new Float64Array(rows.length), features: { rows: rows.length, columns } };
  };
  const predict = ({ rows, columns }: FeatureMatrix) => {
    calls.push(rows);
    return Float64Array.from({ length: rows }, (_, row) =>
      columns.reduce((sum, column, i) => sum + (column.kind === "numeric" ? (i >> 1) * column.values[row]! : 0), 0),
    );
  };
  const model = { artifact: new Map([["model.json", new Uint8Array()]]), predictor: { predict } };
  return { calls, reads, model, prepared: { featureSpec, part, split } };
}

it("asks a model once for the same rows, and again for others, for another model and for another split", async () => {
  const { calls, reads, model, prepared } = asked();
  const { features } = await prepared.part(split.holdout);

  const first = await answersOfModel(model, prepared, { rows: split.holdout, features });
  const again = await answersOfModel(model, prepared, { rows: split.holdout.slice() });

  expect([calls, reads, again]).toEqual([[2500], [2500], first]);
  await answersOfModel(model, prepared, { rows: split.holdout.subarray(1) });
  await answersOfModel({ ...model, artifact: new Map() }, prepared, { rows: split.holdout.subarray(1) });
  await answersOfModel(model, { ...prepared, split: { ...split } }, { rows: split.holdout.subarray(1) });
  expect(calls).toEqual([2500, 2499, 2499, 2499]);
});

it("asks a model once for shuffled rows, at most 1,000 of each, and keeps the inputs that move its answers most", async () => {
  const { calls, model, prepared } = asked();

  const { rows, answers, importance, moved } = await shuffledAnswers(model, prepared, 7);
  expect(await shuffledAnswers(model, prepared, 7)).toMatchObject({ rows, answers });

  expect(calls).toEqual([834 * 7]);
  expect([rows.length, rows[1], answers[0]]).toEqual([834, 103, 100 * 2 * (1 + 2 + 3 + 4 + 5)]);
  expect([...importance.keys()]).toEqual(["c0", "c1", "c2", "c3", "c4", "c5"]);
  expect([...moved.keys()]).toEqual(["c5", "c4", "c3", "c2", "c1"]);
  expect([importance.get("c0"), importance.get("c4")! / importance.get("c1")!]).toEqual([0, 4]);
});
