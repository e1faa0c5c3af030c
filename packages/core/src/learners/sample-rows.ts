import type { LabelledRows } from "./learner.ts";
import { pickFeatures } from "./pick-features.ts";

/** At most `most` of these rows of a table, evenly spaced, in their order. */
export function everyNth(rows: Uint32Array, most: number): Uint32Array {
  const stride = Math.max(1, Math.ceil(rows.length / most));
  return stride === 1 ? rows : rows.filter((_, place) => place % stride === 0);
}

/** At most `most` of the rows, evenly spaced. */
export function sampleRows(rows: LabelledRows, most: number): LabelledRows {
  const { features, target, weights } = rows;
  const stride = Math.max(1, Math.ceil(target.length / most));
  if (stride === 1) return rows;
  const chosen = Uint32Array.from({ length: Math.ceil(target.length / stride) }, (_, i) => i * stride);
  const pick = (values: Float64Array) => Float64Array.from(chosen, (row) => values[row]!);
  return {
    features: pickFeatures(features, chosen),
    target: pick(target),
    ...(weights && { weights: pick(weights) }),
  };
}
