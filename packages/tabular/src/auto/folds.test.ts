import { describe, expect, it } from "vitest";
import { labelled, numeric } from "../made-up.fixture.ts";
import { foldsOf } from "./folds.ts";

/** Rows whose target says which row it is. */
const rowsOf = (from: number, count: number) => {
  const numbers = Array.from({ length: count }, (_, row) => from + row);
  return labelled([numeric("x", numbers)], numbers);
};
const numbersOf = ({ target }: { readonly target: Float64Array }) => [...target];

describe("the folds", () => {
  it("of many rows are the division that is given", () => {
    const given = { train: rowsOf(0, 2000), validation: rowsOf(2000, 500) };
    expect(foldsOf(given, 1, 7)).toEqual([given]);
  });

  it("of few rows ask about each once, and never about one that is learned from", () => {
    const folds = foldsOf({ train: rowsOf(0, 80), validation: rowsOf(80, 23) }, 1, 7);

    expect(folds).toHaveLength(5);
    expect(folds.flatMap(({ validation }) => numbersOf(validation)).sort((a, b) => a - b)).toEqual(
      numbersOf(rowsOf(0, 103)),
    );
    for (const { train, validation } of folds) {
      const all = [...numbersOf(train), ...numbersOf(validation)];
      expect([new Set(all).size, all.length]).toEqual([103, 103]);
    }
  });

  it("of few rows with times teach nothing that is newer than what is asked", () => {
    const train = { ...rowsOf(0, 80), times: Float64Array.from({ length: 80 }, (_, row) => row) };
    const folds = foldsOf({ train, validation: rowsOf(80, 20) }, 1, 7);

    expect(folds.map(({ train: { target } }) => target.length)).toEqual([40, 60, 80]);
    for (const fold of folds) {
      expect(Math.max(...numbersOf(fold.train))).toBeLessThan(Math.min(...numbersOf(fold.validation)));
    }
  });

  it("of few rows are not five where each has many values", () => {
    const given = { train: rowsOf(0, 800), validation: rowsOf(800, 200) };
    expect([foldsOf(given, 300, 7).length, foldsOf(given, 301, 7).length]).toEqual([5, 1]);
  });

  it("of hardly any rows are the division that is given", () => {
    expect(foldsOf({ train: rowsOf(0, 30), validation: rowsOf(30, 10) }, 1, 7)).toHaveLength(1);
  });

  it("keep the weights with their rows", () => {
    const weighed = (rows: ReturnType<typeof rowsOf>) => ({ ...rows, weights: rows.target.map((value) => value + 1) });
    for (const { train, validation } of foldsOf(
      { train: weighed(rowsOf(0, 80)), validation: weighed(rowsOf(80, 20)) },
      1,
      1,
    )) {
      for (const part of [train, validation]) expect(part.weights).toEqual(part.target.map((value) => value + 1));
    }
  });
});
