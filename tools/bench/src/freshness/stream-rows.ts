import type { LabelledRows } from "@refit/core/runtime";
import type { StreamRow } from "./streams.ts";

const places = ["north", "south", "east", "west"];

/** Rows of a stream as a learner takes them. */
export function labelled(rows: readonly StreamRow[]): LabelledRows {
  const columns = rows[0]!.features.map((_, k) => ({
    kind: "numeric" as const,
    name: `x${k}`,
    values: Float32Array.from(rows, ({ features }) => features[k]!),
  }));
  const codes = Uint8Array.from(rows, ({ region }) => 2 + places.indexOf(region));
  return {
    features: { rows: rows.length, columns: [...columns, { kind: "categorical", name: "region", levels: 4, codes }] },
    target: Float64Array.from(rows, ({ answer }) => (answer ? 1 : 0)),
  };
}

export const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean and standard error of the differences of the same streams. */
export function differenceOf(values: readonly number[], others: readonly number[]): string {
  const differences = values.map((value, i) => value - others[i]!);
  const mean = meanOf(differences);
  const variance = differences.reduce((sum, each) => sum + (each - mean) * (each - mean), 0) / (differences.length - 1);
  return `${mean < 0 ? "" : "+"}${mean.toFixed(4)} ± ${Math.sqrt(variance / differences.length).toFixed(4)}`;
}
