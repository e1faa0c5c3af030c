import fc from "fast-check";
import { expect, it } from "vitest";
import { categorical, numeric } from "../made-up.fixture.ts";
import type { GbdtModel } from "./model-file.ts";
import { predictor } from "./predict.ts";
import { NO_THRESHOLD } from "./split-rule.ts";

/** One split of a numeric column, after a tree of one leaf, and before one of a categorical column. */
function model(threshold: number, missingLeft: 0 | 1): GbdtModel {
  const leafOnly = { column: [], rule: [], missingLeft: [], left: [], right: [], leaf: [100] };
  const cut = { column: [0], rule: [threshold], missingLeft: [missingLeft], left: [-1], right: [-2], leaf: [1, 2] };
  const codes = { column: [1], rule: [[0, 3]], missingLeft: [0], left: [-2], right: [-1], leaf: [20, 10] };
  const features = [
    { kind: "numeric" as const, name: "a", levels: 0 },
    { kind: "categorical" as const, name: "c", levels: 2 },
  ];
  return { task: "regression", classes: 0, features, base: [1000], rounds: [[leafOnly], [cut], [codes]] };
}

function answer(of: GbdtModel, value: number, code: number): number | undefined {
  return predictor(of)({ rows: 1, columns: [numeric("a", [value]), categorical("c", 2, [code])] })[0];
}

it.each<[value: number, threshold: number, missingLeft: 0 | 1, code: number, expected: number]>([
  [1, 1, 0, 0, 1111],
  [1.5, 1, 0, 3, 1112],
  [NaN, 1, 1, 1, 1121],
  [NaN, 1, 0, 2, 1122],
  [Infinity, NO_THRESHOLD, 0, 0, 1111],
  [NaN, NO_THRESHOLD, 0, 0, 1112],
])("%d by %d (missing %i) and code %i: %d", (value, threshold, missingLeft, code, expected) => {
  expect(answer(model(threshold, missingLeft), value, code)).toBe(expected);
});

it("goes left exactly up to a threshold that 32 bits cannot hold", () => {
  const near = fc
    .float({ noNaN: true })
    .chain((value) =>
      fc.tuple(
        fc.constant(value),
        fc.constantFrom(value, value + 1e-12, value - 1e-12, value * (1 + 1e-12), value / 3),
      ),
    );
  fc.assert(
    fc.property(near, ([value, limit]) => {
      fc.pre(Number.isFinite(limit));
      expect(answer(model(limit, 0), value, 0)).toBe(value <= limit ? 1111 : 1112);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

it.each([0, -1e-50, 1e-50, -1e-46, 4e38, -4e38])("at the threshold %d", (limit) => {
  for (const value of [
    -0,
    0,
    1.401298464324817e-45,
    -1.401298464324817e-45,
    3.4028234663852886e38,
    Infinity,
    -Infinity,
  ]) {
    expect(answer(model(limit, 0), value, 0)).toBe(value <= limit ? 1111 : 1112);
  }
});
