import type { FeatureColumn, LabelledRows } from "./learner.ts";

/** At most `most` of the rows, evenly spaced. */
export function sampleRows(rows: LabelledRows, most: number): LabelledRows {
  const { features, target, weights } = rows;
  const stride = Math.max(1, Math.ceil(target.length / most));
  if (stride === 1) return rows;
  const isChosen = (_: number, row: number) => row % stride === 0;
  const columns = features.columns.map((column): FeatureColumn =>
    column.kind === "numeric"
      ? { ...column, values: column.values.filter(isChosen) }
      : { ...column, codes: column.codes.filter(isChosen) },
  );
  const chosen = target.filter(isChosen);
  return {
    features: { rows: chosen.length, columns },
    target: chosen,
    ...(weights && { weights: weights.filter(isChosen) }),
  };
}
