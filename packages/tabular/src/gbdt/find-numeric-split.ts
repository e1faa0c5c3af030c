import { STRIDE } from "./histogram.ts";
import { type ColumnSplit, MIN_HESSIAN, type SplitLimits, type Totals } from "./split.ts";

/** The best cut of a numeric column, with missing values on the better side; `null` when the limits allow none. */
export function findNumericSplit(
  histogram: Float64Array,
  offset: number,
  size: number,
  totals: Totals,
  limits: SplitLimits,
): ColumnSplit | null {
  const right = scanNumeric(histogram, offset, size, totals, limits, false);
  if (histogram[offset + 2] === 0) {
    // Nobody knows where missing values belong; the larger side is the safer guess.
    if (right === null || right.rule.kind !== "numeric") return right;
    return { ...right, rule: { ...right.rule, missingLeft: right.left.rows > totals.rows - right.left.rows } };
  }
  const left = scanNumeric(histogram, offset, size, totals, limits, true);
  return left !== null && (right === null || left.gain > right.gain) ? left : right;
}

function scanNumeric(
  histogram: Float64Array,
  offset: number,
  size: number,
  totals: Totals,
  { minLeafRows, l2 }: SplitLimits,
  missingLeft: boolean,
): ColumnSplit | null {
  let gradient = missingLeft ? histogram[offset]! : 0;
  let hessian = missingLeft ? histogram[offset + 1]! : 0;
  let rows = missingLeft ? histogram[offset + 2]! : 0;
  let best = -1;
  let lastLeft = 0;
  let left: Totals = totals;
  for (let bin = 1; bin < size; bin++) {
    const at = offset + STRIDE * bin;
    const count = histogram[at + 2]!;
    if (count === 0) continue;
    gradient += histogram[at]!;
    hessian += histogram[at + 1]!;
    rows += count;
    if (rows < minLeafRows || hessian < MIN_HESSIAN) continue;
    const otherHessian = totals.hessian - hessian;
    if (totals.rows - rows < minLeafRows || otherHessian < MIN_HESSIAN) break;
    const otherGradient = totals.gradient - gradient;
    const score = (gradient * gradient) / (hessian + l2) + (otherGradient * otherGradient) / (otherHessian + l2);
    if (score > best) {
      best = score;
      lastLeft = bin;
      left = { gradient, hessian, rows };
    }
  }
  return best < 0 ? null : { gain: best, rule: { kind: "numeric", lastLeft, missingLeft }, left };
}
