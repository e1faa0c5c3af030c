import fc from "fast-check";
import type { FeatureColumn, FeatureMatrix } from "@refit/core/runtime";
import { expect, it } from "vitest";
import { applyLink } from "../link.ts";
import { type ModelHeader, outputsOf } from "../model-header.ts";
import { inBatches } from "./kernels/predict.ts";
import type { GbdtModel } from "./model-file.ts";
import { predictor } from "./predict.ts";
import { randomModel, randomRows } from "./random-model.fixture.ts";
import type { Tree } from "./tree.ts";

/** The value of row's leaf, by the meaning of the model file alone. */
function leafOf(
  { column, rule, missingLeft, left, right, leaf }: Tree,
  columns: readonly FeatureColumn[],
  row: number,
): number {
  let node = column.length === 0 ? -1 : 0;
  while (node >= 0) {
    const of = columns[column[node]!]!;
    const value = of.kind === "numeric" ? of.values[row]! : of.codes[row]!;
    const by = rule[node]!;
    const isLeft =
      typeof by !== "number"
        ? by.includes(value)
        : Number.isNaN(value)
          ? missingLeft[node] === 1
          : by === Number.MAX_VALUE || value <= by;
    node = isLeft ? left[node]! : right[node]!;
  }
  return leaf[-1 - node]!;
}

function predictPlainly(model: GbdtModel, { rows, columns }: FeatureMatrix): Float64Array {
  const scores = Array.from({ length: outputsOf(model) }, (_, output) =>
    Float64Array.from({ length: rows }, (_row, row) =>
      model.rounds.reduce((sum, round) => sum + leafOf(round[output]!, columns, row), model.base[output]!),
    ),
  );
  return applyLink(model.task, scores);
}

const bits = (values: Float64Array): BigUint64Array => new BigUint64Array(values.buffer);

const tasks = fc.constantFrom<Pick<ModelHeader, "task" | "classes">>(
  { task: "regression", classes: 0 },
  { task: "binary", classes: 2 },
  { task: "multiclass", classes: 3 },
);

it("many rows and one row at a time get the same answers to the last bit, those that the model file means", () => {
  const cases = fc.record({
    seed: fc.nat(1_000_000),
    header: tasks,
    rows: fc.constantFrom(0, 1, 15, 16, 17, 255, 256, 257, 519),
    categorical: fc.nat(3),
    numeric: fc.nat(3),
    rounds: fc.nat(12),
    leaves: fc.integer({ min: 1, max: 40 }),
  });
  fc.assert(
    fc.property(cases, ({ header, ...size }) => {
      const model = randomModel(header, size);
      const features = randomRows(model.features, size.rows, size.seed);
      const predict = predictor(model, inBatches);
      const at = (row: number): FeatureColumn[] =>
        features.columns.map((column) =>
          column.kind === "numeric"
            ? { ...column, values: column.values.subarray(row, row + 1) }
            : { ...column, codes: column.codes.subarray(row, row + 1) },
        );

      const together = predict(features);
      const apart = Array.from({ length: size.rows }, (_, row) => [...predict({ rows: 1, columns: at(row) })]).flat();

      expect(bits(together)).toEqual(bits(predictPlainly(model, features)));
      expect(bits(Float64Array.from(apart))).toEqual(bits(together));
    }),
    { seed: 1, numRuns: 200 },
  );
});

it("a model is not disturbed by another one of more or fewer trees", () => {
  const header = { task: "regression", classes: 0 } as const;
  const size = { seed: 5, categorical: 1, numeric: 2, rounds: 3, leaves: 8 };
  const small = randomModel(header, size);
  const large = randomModel(header, { ...size, rounds: 400, leaves: 200 });
  const features = randomRows(small.features, 300, 9);
  const [ofSmall, ofLarge] = [predictor(small, inBatches), predictor(large, inBatches)];

  const before = ofSmall(features);

  expect(ofLarge(features)).toEqual(predictPlainly(large, features));
  expect(ofSmall(features)).toEqual(before);
});
