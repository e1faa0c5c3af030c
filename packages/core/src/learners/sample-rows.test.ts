import { describe, expect, it } from "vitest";
import type { LabelledRows } from "./learner.ts";
import { everyNth, sampleRows } from "./sample-rows.ts";

const rows: LabelledRows = {
  features: {
    rows: 7,
    columns: [
      { kind: "numeric", name: "a", values: Float32Array.of(0, 1, 2, 3, 4, 5, 6) },
      { kind: "categorical", name: "b", levels: 9, codes: Uint8Array.of(2, 3, 4, 5, 6, 7, 8) },
    ],
  },
  target: Float64Array.of(0, 10, 20, 30, 40, 50, 60),
};

describe("everyNth", () => {
  it.each([
    [3, [4, 7, 10]],
    [7, [4, 5, 6, 7, 8, 9, 10]],
  ])("takes at most %i rows of the table, evenly spaced", (most, taken) => {
    expect([...everyNth(Uint32Array.of(4, 5, 6, 7, 8, 9, 10), most)]).toEqual(taken);
  });
});

describe("sampleRows", () => {
  it("takes every so many-th row of all columns", () => {
    const { features, target } = sampleRows(rows, 3);

    expect([...target]).toEqual([0, 30, 60]);
    expect(features.rows).toBe(3);
    expect(features.columns.map((column) => [...(column.kind === "numeric" ? column.values : column.codes)])).toEqual([
      [0, 3, 6],
      [2, 5, 8],
    ]);
  });

  it.each([7, 100])("keeps all rows when %i may be taken", (most) => {
    expect(sampleRows(rows, most).target).toBe(rows.target);
  });
});
