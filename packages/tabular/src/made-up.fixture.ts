import type { FeatureColumn, FeatureMatrix, FitRequest, LabelledRows } from "@refit/core/runtime";
import type { GbdtSettings } from "./gbdt/settings.ts";
import type { LinearSettings } from "./linear/settings.ts";
import { type Random, seededRandom } from "./random.ts";

export const gbdtDefaults: GbdtSettings = {
  learner: "gbdt",
  trees: 50,
  leaves: 31,
  learningRate: 0.1,
  minLeafRows: 20,
  minCategoryRows: 20,
  l2: 1,
  rowFraction: 1,
  featureFraction: 1,
  maxBins: 255,
  earlyStoppingRounds: 0,
};

export const linearDefaults: LinearSettings = { learner: "linear", l2: 1, maxIterations: 200 };

export function unit(random: Random): number {
  return random() / 4_294_967_296;
}

export function numeric(name: string, values: readonly number[]): FeatureColumn {
  return { kind: "numeric", name, values: Float32Array.from(values) };
}

export function categorical(name: string, levels: number, codes: readonly number[]): FeatureColumn {
  return { kind: "categorical", name, levels, codes: Uint8Array.from(codes) };
}

export function labelled(
  columns: readonly FeatureColumn[],
  target: readonly number[],
  weights?: readonly number[],
): LabelledRows {
  const features: FeatureMatrix = { rows: target.length, columns };
  const rows = { features, target: Float64Array.from(target) };
  return weights === undefined ? rows : { ...rows, weights: Float64Array.from(weights) };
}

/** Some of the rows, in this order, without their weights. */
export function pick({ features, target }: LabelledRows, rows: readonly number[]): LabelledRows {
  const columns = features.columns.map((column) =>
    column.kind === "numeric"
      ? numeric(
          column.name,
          rows.map((i) => column.values[i]!),
        )
      : categorical(
          column.name,
          column.levels,
          rows.map((i) => column.codes[i]!),
        ),
  );
  return labelled(
    columns,
    rows.map((i) => target[i]!),
  );
}

export function binary<Settings>(
  settings: Settings,
  train: LabelledRows,
  validation: LabelledRows = train,
): FitRequest<Settings> {
  return { task: "binary", classes: 2, settings, seed: 7, train, validation };
}

export function multiclass<Settings>(settings: Settings, classes: number, train: LabelledRows): FitRequest<Settings> {
  return { task: "multiclass", classes, settings, seed: 7, train, validation: train };
}

export function regression<Settings>(settings: Settings, train: LabelledRows): FitRequest<Settings> {
  return { task: "regression", classes: 0, settings, seed: 7, train, validation: train };
}

/** Rows with every kind of column: numbers with gaps, few and many categories, and a target that depends on them. */
export function mixedRows(task: "binary" | "multiclass" | "regression", rows: number, seed: number): LabelledRows {
  const random = seededRandom(seed);
  const list = (of: () => number): number[] => Array.from({ length: rows }, of);
  const a = list(() => unit(random) * 4 - 2);
  const b = list(() => unit(random) * unit(random) * 100);
  const c = list(() => 2 + Math.floor(5 * unit(random)));
  const d = list(() => Math.floor(40 * unit(random) * unit(random)));
  const signal = a.map((x, i) => x * (b[i]! > 20 ? 1 : -1) + (c[i]! % 2) + (d[i] === 0 ? 1 : 0) + unit(random) - 1);
  const target = {
    binary: () => signal.map((s) => (s > 0 ? 1 : 0)),
    multiclass: () => signal.map((s) => (s > 0.7 ? 2 : s > -0.7 ? 1 : 0)),
    regression: () => signal,
  }[task]();
  const gaps = a.map((x) => (unit(random) < 0.1 ? NaN : x));
  return labelled([numeric("a", gaps), numeric("b", b), categorical("c", 5, c), categorical("d", 38, d)], target);
}

export function meanAbsoluteError(predicted: ArrayLike<number>, target: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < target.length; i++) sum += Math.abs(predicted[i]! - target[i]!);
  return sum / target.length;
}

/** Share of rows whose likeliest class is the right one; two classes for one probability per row. */
export function accuracy(predicted: Float64Array, target: Float64Array): number {
  const classes = predicted.length / target.length;
  let right = 0;
  for (let row = 0; row < target.length; row++) {
    const ofRow = predicted.subarray(row * classes, (row + 1) * classes);
    const guess = classes === 1 ? (ofRow[0]! > 0.5 ? 1 : 0) : ofRow.indexOf(Math.max(...ofRow));
    if (guess === target[row]) right++;
  }
  return right / target.length;
}
