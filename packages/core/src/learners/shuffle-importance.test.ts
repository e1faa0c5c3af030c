import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { FeatureMatrix } from "./learner.ts";
import { pickFeatures, stackFeatures } from "./pick-features.ts";
import { shuffled, shuffleImportance } from "./shuffle-importance.ts";

const rows = 200;
const values = (scale: number) => Float32Array.from({ length: rows }, (_, i) => scale * ((i * 0.618_034) % 1));
const features: FeatureMatrix = {
  rows,
  columns: [
    { kind: "numeric", name: "x", values: values(1) },
    { kind: "numeric", name: "y", values: values(1) },
    { kind: "categorical", name: "c", levels: 2, codes: Uint8Array.from({ length: rows }, (_, i) => i % 4) },
    { kind: "numeric", name: "unused", values: values(9) },
  ],
};
const predictor = {
  predict({ rows: count, columns: [x, y, c] }: FeatureMatrix) {
    if (x?.kind !== "numeric" || y?.kind !== "numeric" || c?.kind !== "categorical") throw new TypeError("columns");
    return Float64Array.from({ length: count }, (_, i) => x.values[i]! - y.values[i]! + c.codes[i]!);
  },
};
const groups = (...names: string[][]) => new Map(names.map((members) => [members.join(), new Set(members)]));

describe("shuffleImportance", () => {
  it("is 0 for what the model does not look at, and grows with what hangs on a column", () => {
    const found = shuffleImportance(predictor, features, groups(["x"], ["c"], ["unused"]), 7);

    expect(found.get("unused")).toBe(0);
    // Two independent uniform numbers are a third apart on average, two of four codes five quarters.
    expect(found.get("x")).toBeCloseTo(1 / 3, 1);
    expect(found.get("c")).toBeCloseTo(1.25, 0);
  });

  it("moves columns of a group together", () => {
    expect(shuffleImportance(predictor, features, groups(["x", "y"]), 7).get("x,y")).toBe(0);
  });

  it.each([
    ["no rows", { rows: 0, columns: [] }, predictor],
    ["answers that are not finite", features, { predict: () => new Float64Array(rows).fill(Number.NaN) }],
  ])("never fails: %s", (_what, matrix, model) => {
    for (const value of shuffleImportance(model, matrix, groups(["x"]), 7).values()) expect(value).toBe(0);
  });
});

it("shuffled is a permutation that the seed decides", () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(1000), (count, seed) => {
      const order = shuffled(count, seed);

      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      expect(shuffled(count, seed)).toEqual(order);
    }),
  );
  expect(shuffled(50, 1)).not.toEqual(shuffled(50, 2));
});

it("rows that are picked and stacked keep their values", () => {
  const some = pickFeatures(features, Uint32Array.of(5, 3));
  const stacked = stackFeatures(some, features);

  expect(stacked.rows).toBe(rows + 2);
  expect(pickFeatures(stacked, Uint32Array.of(0, 1, 2 + 9))).toEqual(pickFeatures(features, Uint32Array.of(5, 3, 9)));
});
