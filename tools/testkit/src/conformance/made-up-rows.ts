import type { FeatureColumn, LabelledRows } from "../../../../packages/core/src/learners/learner.ts";

export type Task = "binary" | "multiclass" | "regression";

/**
 * Rows whose target depends on two numbers, one with gaps, and on a category.
 *
 * @param options.hostile with values that no training has seen: gaps in every column, huge numbers, unknown categories.
 */
export function madeUpRows(task: Task, rows: number, seed: number, { hostile = false } = {}): LabelledRows {
  const random = lehmer(seed);
  const list = (of: () => number) => Array.from({ length: rows }, of);
  const a = list(() => 4 * random() - 2);
  const b = list(() => 100 * random());
  const codes = list(() => 2 + Math.floor(5 * random()));
  const signal = a.map((x, i) => x + (b[i]! > 50 ? 1 : -1) + (codes[i]! % 2) + random() - 1);
  const target = {
    binary: () => signal.map((s) => Number(s > 0)),
    multiclass: () => signal.map((s) => (s > 1 ? 2 : s > -1 ? 1 : 0)),
    regression: () => signal,
  }[task]();
  const gap = (x: number) => (random() < 0.1 ? NaN : x);
  const strange = [NaN, 3e38, -3e38, 0];
  const columns: FeatureColumn[] = [
    { kind: "numeric", name: "a", values: Float32Array.from(a, hostile ? (_, i) => strange[i % 4]! : gap) },
    { kind: "numeric", name: "b", values: Float32Array.from(b, hostile ? (_, i) => strange[(i + 1) % 4]! : (x) => x) },
    { kind: "categorical", name: "c", levels: 5, codes: Uint8Array.from(codes, hostile ? (_, i) => i % 7 : (x) => x) },
  ];
  return { features: { rows, columns }, target: Float64Array.from(target) };
}

/** Some of the rows, in this order. */
export function picked({ features, target }: LabelledRows, rows: readonly number[]): LabelledRows {
  const columns = features.columns.map((column): FeatureColumn => {
    if (column.kind === "numeric") {
      return { kind: "numeric", name: column.name, values: Float32Array.from(rows, (row) => column.values[row]!) };
    }
    const codes = Uint8Array.from(rows, (row) => column.codes[row]!);
    return { kind: "categorical", name: column.name, levels: column.levels, codes };
  });
  return { features: { rows: rows.length, columns }, target: Float64Array.from(rows, (row) => target[row]!) };
}

/** Numbers in [0, 1) by Park and Miller's generator. */
function lehmer(seed: number): () => number {
  let state = seed * 7919 + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
