import { describe, expect, it } from "vitest";
import type { FeatureColumn } from "../learners/learner.ts";
import { featureStrength } from "./feature-strength.ts";

const ROWS = 240;
const rows = Array.from({ length: ROWS }, (_, row) => row);
/** The same for every run, and for no feature below. */
const coin = Float64Array.from(rows, (row) => (Math.imul(row + 1, 2_654_435_761) >>> 9) & 1);
const die = Float64Array.from(rows, (row) => (Math.imul(row + 1, 2_654_435_761) >>> 9) % 3);
const numeric = (values: (row: number) => number): FeatureColumn => ({
  kind: "numeric",
  name: "x",
  values: Float32Array.from(rows, values),
});
const levelPerRow: FeatureColumn = { kind: "categorical", name: "x", levels: 238, codes: Uint8Array.from(rows) };

describe("featureStrength", () => {
  it.each<[why: string, task: "binary" | "multiclass", target: Float64Array, atMost: number]>([
    ["binary", "binary", coin, 0.6],
    ["multiclass", "multiclass", die, 0.1],
  ])("one level per row tells nothing: %s", (_why, task, target, atMost) => {
    const classes = task === "binary" ? 2 : 3;

    expect(featureStrength({ task, classes, feature: levelPerRow, target })?.value).toBeLessThan(atMost);
  });

  it("takes a missing value as a value of its own, next to a constant", () => {
    const feature = numeric((row) => (coin[row] === 1 ? Number.NaN : 5));

    expect(featureStrength({ task: "binary", classes: 2, feature, target: coin })?.value).toBe(1);
  });

  it("is not fooled by a target with a long tail", () => {
    const target = Float64Array.from(rows, (row) => Math.exp(((row * 101) % ROWS) / 8));
    const feature = numeric((row) => (row * 101) % ROWS);

    expect(featureStrength({ task: "regression", classes: 0, feature, target })?.value).toBeGreaterThan(0.98);
  });

  it.each<[why: string, task: "binary" | "regression", target: (value: number) => number, rows: number]>([
    ["an amount that the answer is cut from", "binary", (value) => (value < 3 ? 1 : 0), 60],
    ["one that the answer is cut from the other way", "binary", (value) => (value > 4 ? 1 : 0), 119],
    ["one that few rows of an answer are cut from", "binary", (value) => (value < 0.5 ? 1 : 0), 189],
    ["a price in another currency", "regression", (value) => 1.1 * value, 60],
    ["its logarithm", "regression", (value) => Math.log(value), 119],
    ["what is left of a hundred", "regression", (value) => 100 - value, 240],
  ])("is whole on few rows, too: %s", (_why, task, target, rowCount) => {
    const values = Float32Array.from({ length: rowCount }, (_, row) => 0.1 + ((row * 101) % rowCount) / (rowCount / 9));
    const feature: FeatureColumn = { kind: "numeric", name: "x", values };

    const strength = featureStrength({ task, classes: 2, feature, target: Float64Array.from(values, target) });

    expect(strength).toEqual({ value: expect.closeTo(1, 10) as number, rows: rowCount });
  });

  it("is of the rows that have a value, where most have one", () => {
    const target = Float64Array.from(rows, (row) => (row * 101) % ROWS);
    const copy = (share: number) => numeric((row) => ((row * 7) % 10 < 10 * share ? Number.NaN : target[row]!));
    const strength = (share: number) =>
      featureStrength({ task: "regression", classes: 0, feature: copy(share), target })!;

    expect(strength(0.2)).toEqual({ value: expect.closeTo(1, 10) as number, rows: 0.8 * ROWS });
    expect(strength(0.6)).toMatchObject({ rows: ROWS });
  });

  it.each<[why: string, task: "binary" | "multiclass" | "regression"]>([
    ["one class", "binary"],
    ["one of three classes", "multiclass"],
    ["one value", "regression"],
  ])("is not measurable on %s", (_why, task) => {
    const target = new Float64Array(ROWS);

    expect(featureStrength({ task, classes: 3, feature: numeric((row) => row), target })?.value).toBeUndefined();
  });
});
