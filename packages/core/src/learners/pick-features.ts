import type { FeatureColumn, FeatureMatrix } from "./learner.ts";

/** The rows of a matrix that are named, in that order. */
export function pickFeatures({ columns }: FeatureMatrix, rows: Uint32Array): FeatureMatrix {
  return { rows: rows.length, columns: columns.map((column) => pickColumn(column, rows)) };
}

export function pickColumn(column: FeatureColumn, rows: Uint32Array): FeatureColumn {
  if (column.kind === "numeric") return { ...column, values: Float32Array.from(rows, (row) => column.values[row]!) };
  return { ...column, codes: Uint8Array.from(rows, (row) => column.codes[row]!) };
}

/** The rows of one matrix, then those of another with the same columns. */
export function stackFeatures(first: FeatureMatrix, second: FeatureMatrix): FeatureMatrix {
  const columns = first.columns.map((column, i): FeatureColumn => {
    const other = second.columns[i]!;
    if (column.kind === "numeric") {
      const values = new Float32Array(first.rows + second.rows);
      values.set(column.values);
      values.set((other as typeof column).values, first.rows);
      return { ...column, values };
    }
    const codes = new Uint8Array(first.rows + second.rows);
    codes.set(column.codes);
    codes.set((other as typeof column).codes, first.rows);
    return { ...column, codes };
  });
  return { rows: first.rows + second.rows, columns };
}
