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

    expect(featureStrength({ task, classes, feature: levelPerRow, target })).toBeLessThan(atMost);
  });

  it("takes a missing value as a value of its own, next to a constant", () => {
    const feature = numeric((row) => (coin[row] === 1 ? Number.NaN : 5));

    expect(featureStrength({ task: "binary", classes: 2, feature, target: coin })).toBe(1);
  });

  it("is not fooled by a target with a long tail", () => {
    const target = Float64Array.from(rows, (row) => Math.exp(((row * 101) % ROWS) / 8));
    const feature = numeric((row) => (row * 101) % ROWS);

    expect(featureStrength({ task: "regression", classes: 0, feature, target })).toBeGreaterThan(0.98);
  });

  it.each<[why: string, task: "binary" | "multiclass" | "regression"]>([
    ["one class", "binary"],
    ["one of three classes", "multiclass"],
    ["one value", "regression"],
  ])("is not measurable on %s", (_why, task) => {
    const target = new Float64Array(ROWS);

    expect(featureStrength({ task, classes: 3, feature: numeric((row) => row), target })).toBeUndefined();
  });
});
