import type { FeatureMatrix } from "@refit/core/runtime";
import { type Design, multiplyTransposed } from "./design.ts";

/**
 * The optimiser's own coordinates, in which the loss is about equally steep everywhere; it then needs a tenth of the
 * steps. They differ from the coefficients in two ways, neither of which moves the optimum:
 *
 * - each is in units of its curvature, because rare categories hardly bend the loss;
 * - a column's categories sum to 0, because with an intercept the data say nothing about their level, and the penalty
 *   is least there.
 *
 * Vectors are [outputs × design.width]: the entries of one output stand together.
 */
export interface Coordinates {
  coefficientsAt(point: Float64Array): Float64Array;
  /** Turn a gradient by the coefficients into one by the coordinates, in place. */
  turn(gradient: Float64Array): void;
}

/**
 * @param rowWeights [rows].
 * @param penalty the L2 penalty on every coefficient but the intercept, in units of the summed loss.
 */
export function coordinatesOf(
  design: Design,
  features: FeatureMatrix,
  rowWeights: Float64Array,
  penalty: number,
): Coordinates {
  const curvatures = curvaturesOf(design, features, rowWeights);
  const total = curvatures[0]!;
  const units = curvatures.map((curvature, i) => {
    const bend = (curvature + (i === 0 ? 0 : penalty)) / total;
    return bend > 0 ? 1 / Math.sqrt(bend) : 0;
  });
  // A category that no row has stays at 0, the level of the others.
  const blocks = features.columns.flatMap((column, index) => {
    if (column.kind === "numeric") return [];
    const at = design.offsets[index]!;
    return [Array.from({ length: column.levels + 2 }, (_, code) => at + code).filter((i) => curvatures[i]! > 0)];
  });

  const scale = (vector: Float64Array): void => {
    for (let i = 0; i < vector.length; i++) vector[i]! *= units[i % design.width]!;
  };
  const centre = (vector: Float64Array): void => {
    for (let start = 0; start < vector.length; start += design.width) {
      for (const block of blocks) {
        const mean = block.reduce((sum, i) => sum + vector[start + i]!, 0) / block.length;
        for (const i of block) vector[start + i]! -= mean;
      }
    }
  };
  return {
    coefficientsAt(point) {
      const coefficients = point.slice();
      scale(coefficients);
      centre(coefficients);
      return coefficients;
    },
    turn(gradient) {
      centre(gradient);
      scale(gradient);
    },
  };
}

/**
 * Sum of the weighted squares of each input: how much the loss bends by its coefficient, up to a common factor.
 *
 * @returns [design.width]; entry 0, of the intercept, is the sum of the weights.
 */
function curvaturesOf(design: Design, features: FeatureMatrix, rowWeights: Float64Array): Float64Array {
  const sums = new Float64Array(design.width);
  // Inputs that are 0 or 1 are their own squares; standardised ones have mean square 1 where they are not missing.
  multiplyTransposed(design, features, rowWeights, sums);
  for (const [index, column] of features.columns.entries()) {
    const at = design.offsets[index]!;
    if (column.kind === "numeric") sums[at] = sums[0]! - sums[at + 1]!;
  }
  return sums;
}
