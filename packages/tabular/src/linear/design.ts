import type { FeatureColumn, FeatureMatrix, LabelledRows } from "@refit/core/runtime";

/**
 * How the columns become inputs, without ever writing them out: an intercept, two inputs per numeric column (its
 * standardised value, 0 where missing; and 1 where missing), and one per code of a categorical column.
 */
export interface Design {
  /** Where each column's coefficients begin; 0 is the intercept. */
  readonly offsets: readonly number[];
  /** Coefficients per output. */
  readonly width: number;
  /** By column; 0 for categorical ones. */
  readonly means: readonly number[];
  /** Standard deviations by column; 0 where the column is constant (its slope is then unused) or categorical. */
  readonly deviations: readonly number[];
}

/** Standardised values are clipped here, so that an absurd input cannot make a prediction infinite. */
export const INPUT_LIMIT = 1e6;

/**
 * Give each column its place among the coefficients. Example: a numeric column and one of 3 levels give the offsets
 * [1, 3] and the width 8: 1 intercept, 2 for the number, 5 for the codes (missing, unseen, 3 levels).
 *
 * @param means [columns], see `Design`.
 * @param deviations [columns].
 */
export function layOut(
  features: readonly { readonly kind: "numeric" | "categorical"; readonly levels: number }[],
  means: readonly number[],
  deviations: readonly number[],
): Design {
  const offsets: number[] = [];
  let width = 1;
  for (const { kind, levels } of features) {
    offsets.push(width);
    width += kind === "numeric" ? 2 : levels + 2;
  }
  return { offsets, width, means, deviations };
}

/**
 * Weighted mean and standard deviation (divisor: the sum of weights) of a column's finite values; both 0 when there is
 * none. Two passes, so that a large mean does not cancel a small deviation.
 *
 * @param values [rows].
 * @param weights [rows]; absent: all 1.
 */
export function moments(values: Float32Array | Float64Array, weights: LabelledRows["weights"]): [number, number] {
  let total = 0;
  let sum = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) continue;
    const weight = weights === undefined ? 1 : weights[row]!;
    total += weight;
    sum += weight * value;
  }
  if (total === 0) return [0, 0];
  const mean = sum / total;
  let squares = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) continue;
    squares += (weights === undefined ? 1 : weights[row]!) * (value - mean) * (value - mean);
  }
  const deviation = Math.sqrt(squares / total);
  // Less than the rounding of the mean: the column is constant.
  return [mean, deviation > 1e-12 * Math.abs(mean) ? deviation : 0];
}

/**
 * Fill `scores` with the inputs times one output's coefficients. O(rows × columns).
 *
 * @param weights [design.width]: the intercept, then each column's coefficients at `design.offsets`.
 * @param scores [rows]: overwritten.
 */
export function multiply(
  design: Design,
  { columns }: FeatureMatrix,
  weights: Float64Array,
  scores: Float64Array,
): void {
  scores.fill(weights[0]!);
  for (const [index, column] of columns.entries()) addColumn(design, { column, index }, weights, scores);
}

/** Add to each row's score what one column gives it; as in `multiply`. @param index the column's place. */
export function addColumn(
  design: Design,
  { column, index }: { readonly column: FeatureColumn; readonly index: number },
  weights: Float64Array,
  scores: Float64Array,
): void {
  const at = design.offsets[index]!;
  if (column.kind === "numeric") {
    const mean = design.means[index]!;
    const scale = scaleOf(design.deviations[index]!);
    const slope = weights[at]!;
    const ifMissing = weights[at + 1]!;
    const { values } = column;
    for (let row = 0; row < values.length; row++) {
      const value = values[row]!;
      scores[row]! += Number.isFinite(value) ? slope * standardised(value, mean, scale) : ifMissing;
    }
  } else {
    // A full table, so that even a code out of range adds 0 and not NaN.
    const table = new Float64Array(256);
    table.set(weights.subarray(at, at + column.levels + 2));
    const { codes } = column;
    for (let row = 0; row < codes.length; row++) scores[row]! += table[codes[row]!]!;
  }
}

/**
 * Fill one output's part of the gradient: the transposed inputs times the residuals. O(rows × columns).
 *
 * @param residuals [rows].
 * @param gradient [design.width]: overwritten.
 */
export function multiplyTransposed(
  design: Design,
  { columns }: FeatureMatrix,
  residuals: Float64Array,
  gradient: Float64Array,
): void {
  gradient[0] = residuals.reduce((sum, residual) => sum + residual, 0);
  for (const [index, column] of columns.entries()) {
    const at = design.offsets[index]!;
    if (column.kind === "numeric") {
      const mean = design.means[index]!;
      const scale = scaleOf(design.deviations[index]!);
      const { values } = column;
      let slope = 0;
      let ifMissing = 0;
      for (let row = 0; row < values.length; row++) {
        const value = values[row]!;
        if (Number.isFinite(value)) slope += residuals[row]! * standardised(value, mean, scale);
        else ifMissing += residuals[row]!;
      }
      gradient[at] = slope;
      gradient[at + 1] = ifMissing;
    } else {
      const table = new Float64Array(256);
      const { codes } = column;
      for (let row = 0; row < codes.length; row++) table[codes[row]!]! += residuals[row]!;
      gradient.set(table.subarray(0, column.levels + 2), at);
    }
  }
}

export function scaleOf(deviation: number): number {
  // A smaller deviation has no finite inverse.
  return deviation < 1e-300 ? 0 : 1 / deviation;
}

function standardised(value: number, mean: number, scale: number): number {
  return Math.max(-INPUT_LIMIT, Math.min(INPUT_LIMIT, (value - mean) * scale));
}
