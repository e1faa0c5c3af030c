import { describe, expect, it } from "vitest";
import { refresh } from "./comparison.fixture.ts";
import { countClasses } from "./class-rows.ts";
import { judge } from "./judge.ts";

describe("countClasses", () => {
  it("counts the classes that the model knows", () => {
    expect(countClasses({ classes: ["a", "b", "c"] }, Float64Array.of(2, 0, -1, 2))).toEqual([1, 0, 2]);
    expect(countClasses({ classes: null }, Float64Array.of(2, 0))).toBeNull();
  });
});

describe("a verdict", () => {
  const gates = [{ metric: "rocAuc" as const, maxRegression: 0.1 }];

  it.each<[classRows: readonly number[] | null, rows: number | null]>([
    [[1180, 2], 2],
    [[1180, 9], 9],
    [[1180, 10], null],
    [[900, 200, 3], null],
    [[900, 4, 3], 4],
    [null, null],
  ])("needs ten rows of two classes: %j", (classRows, rows) => {
    const { kind, because } = judge({ ...refresh, classRows }, gates);

    expect(kind).toBe(rows === null ? "promote" : "inconclusive");
    expect(because).toEqual(rows === null ? [] : [{ kind: "few-of-class", rows, minRows: 10 }]);
  });
});
