import { describe, expect, it } from "vitest";
import type { TargetSpec } from "../features/feature-spec.ts";
import { checkLearned, checkPredictions, isConstant } from "./sanity.ts";

const binary: TargetSpec = { name: "left", task: "binary", classes: [false, true] };
const three: TargetSpec = { name: "kind", task: "multiclass", classes: ["a", "b", "c"] };
const value: TargetSpec = { name: "price", task: "regression", classes: null };
const rows = 200;
const make = (of: (row: number) => number) => Float64Array.from({ length: rows }, (_, row) => of(row));
/** Three probabilities per row. */
const shares = (of: (row: number) => readonly [number, number, number]) =>
  Float64Array.from({ length: 3 * rows }, (_, i) => of(Math.floor(i / 3))[i % 3]!);
const third = make((row) => row % 3);
const rare = make((row) => Number(row % 10 === 0));

describe("a candidate that stopped at once", () => {
  it.each([
    ["one value", Float64Array.of(0.2, 0.2, 0.2), 3, true],
    ["two values", Float64Array.of(0.2, 0.2, 0.3), 3, false],
    ["one row", Float64Array.of(0.2), 1, false],
    ["three classes alike", Float64Array.of(0.2, 0.3, 0.5, 0.2, 0.3, 0.5), 2, true],
  ])("is known by its answers: %s", (_what, answers, count, constant) => {
    expect(isConstant(answers, count)).toBe(constant);
  });

  it("is told of", () => {
    expect(checkLearned(true, "gbdt", "left")).toEqual([]);
    expect(checkLearned(false, "gbdt", "left")).toMatchObject([{ code: "nothing-learned", severity: "warning" }]);
  });
});

describe("checkPredictions", () => {
  it.each<[why: string, target: TargetSpec, labels: Float64Array, predictions: Float64Array, codes: string[]]>([
    ["a sound binary model", binary, rare, rare.map((y, i) => 0.05 + 0.5 * y + (i % 7) / 100), []],
    ["a sound regression", value, make((row) => row), make((row) => row + 1), []],
    ["one NaN", binary, rare, make((row) => (row === 3 ? Number.NaN : row / rows)), ["non-finite-predictions"]],
    ["an infinity", value, third, make((row) => (row === 3 ? Infinity : row)), ["non-finite-predictions"]],
    ["all alike", binary, rare, make(() => 0.1), ["constant-predictions"]],
    ["all alike, three classes", three, third, shares(() => [0.5, 0.3, 0.2]), ["constant-predictions"]],
    [
      "a rare class is never preferred",
      binary,
      rare,
      make((row) => 0.05 + (row % 10) / 90),
      ["rare-class-never-predicted"],
    ],
    [
      "half of the rows are never predicted",
      binary,
      make((row) => row % 2),
      make((row) => 0.4 + (row % 2) / 20),
      ["class-never-predicted"],
    ],
    [
      "one class of three is never predicted",
      three,
      make((row) => (row < 100 ? 2 : row % 2)),
      shares((row) => (row % 2 === 0 ? [0.4, 0.25, 0.35] : [0.25, 0.4, 0.35])),
      ["class-never-predicted"],
    ],
    [
      "promises three times too many",
      binary,
      rare,
      rare.map((y, i) => 0.25 + 0.3 * y + (i % 7) / 100),
      ["biased-predictions"],
    ],
    [
      "promises a third",
      binary,
      make((row) => Number(row % 3 === 0)),
      make((row) => 0.1 + 0.45 * Number(row % 60 === 0)),
      ["biased-predictions"],
    ],
  ])("%s", (_why, target, labels, predictions, codes) => {
    expect(checkPredictions({ sensitive: false, target, labels, predictions }).map(({ code }) => code)).toEqual(codes);
  });

  it("does not call three instead of one positive a bias: chance explains it", () => {
    const labels = make((row) => Number(row < 3));
    const predictions = make((row) => 0.005 + (row === 0 ? 0.5 : 0));

    expect(checkPredictions({ sensitive: false, target: binary, labels, predictions })).toEqual([]);
  });

  it.each([
    ["nine of two and a half promised (p = 0.002), where a normal tail would see p < 0.0001", 9, 2.5, false],
    ["ten", 10, 2.5, true],
    ["none of eight promised", 0, 7.3, false],
    ["none of nine promised, where a normal tail would see p = 0.002", 0, 9, true],
    ["a hundred of forty promised", 100, 40, true],
  ])("counts small numbers exactly: %s", (_why, positives, promised, told) => {
    const labels = make((row) => Number(row < positives));
    const predictions = make((row) => promised / rows + (row % 2 === 0 ? 1e-4 : -1e-4));
    const codes = checkPredictions({ sensitive: false, target: binary, labels, predictions }).map(({ code }) => code);

    expect(codes.includes("biased-predictions")).toBe(told);
  });

  it("asks for more where rows weigh, since few of them may carry it", () => {
    const labels = make((row) => Number(row < 14));
    const predictions = make((row) => 0.02 + (row % 2) * 1e-4);
    const codes = (weights: Float64Array | null) =>
      checkPredictions({ sensitive: false, target: binary, labels, predictions, weights }).map(({ code }) => code);

    expect(codes(null)).toContain("biased-predictions");
    expect(codes(make((row) => (row === 0 ? 50 : 1)))).not.toContain("biased-predictions");
  });

  it("names the target and the class, so that a person can accept it", () => {
    const [never] = checkPredictions({ sensitive: false, ...halfNeverPredicted });

    expect(never).toMatchObject({ code: "class-never-predicted", severity: "suspect", column: "left" });
    expect(never!.message).toContain('"true" is the true class of 100 of 200');
  });

  it("shows no class of a sensitive target", () => {
    const found = checkPredictions({ sensitive: true, ...halfNeverPredicted });

    expect(found.map(({ code }) => code)).toEqual(["class-never-predicted", "biased-predictions"]);
    for (const { message } of found) expect(message).toMatch(/^A class \(not named: the target is sensitive\)/);
    // "the true class" are words; the value would stand in quotes or by itself.
    expect(JSON.stringify(found).replaceAll("the true class", "")).not.toContain("true");
  });
});

const halfNeverPredicted = {
  target: binary,
  labels: make((row) => row % 2),
  predictions: make((row) => row / 1000),
};
