import { STRIDE } from "./histogram.ts";
import { type ColumnSplit, MIN_HESSIAN, type SplitLimits, type Totals } from "./split.ts";

/**
 * The best cut of a numeric column, with missing values on the better side; `null` when the limits allow none.
 *
 * @param sums [STRIDE × bins]: gradient sum, hessian sum, row count per bin; bin 0 = missing, the others ascend.
 */
export function findNumericSplit(sums: Float64Array, totals: Totals, limits: SplitLimits): ColumnSplit | null {
  const right = scanNumeric(sums, totals, limits, false);
  if (sums[2] === 0) {
    // Nobody knows where missing values belong; the larger side is the safer guess.
    if (right === null || right.rule.kind !== "numeric") return right;
    return { ...right, rule: { ...right.rule, missingLeft: right.left.rows > totals.rows - right.left.rows } };
  }
  const left = scanNumeric(sums, totals, limits, true);
  return left !== null && (right === null || left.gain > right.gain) ? left : right;
}

/** One pass over the bins with missing values on the given side (Chen & Guestrin 2016, algorithm 3). */
function scanNumeric(
  sums: Float64Array,
  totals: Totals,
  { minLeafRows, l2 }: SplitLimits,
  missingLeft: boolean,
): ColumnSplit | null {
  let gradient = missingLeft ? sums[0]! : 0;
  let hessian = missingLeft ? sums[1]! : 0;
  let rows = missingLeft ? sums[2]! : 0;
  let best = -1;
  let lastLeft = 0;
  let left: Totals = totals;
  for (let at = STRIDE; at < sums.length; at += STRIDE) {
    const count = sums[at + 2]!;
    if (count === 0) continue;
    gradient += sums[at]!;
    hessian += sums[at + 1]!;
    rows += count;
    if (rows < minLeafRows || hessian < MIN_HESSIAN) continue;
    const otherHessian = totals.hessian - hessian;
    if (totals.rows - rows < minLeafRows || otherHessian < MIN_HESSIAN) break;
    const otherGradient = totals.gradient - gradient;
    const score = (gradient * gradient) / (hessian + l2) + (otherGradient * otherGradient) / (otherHessian + l2);
    if (score > best) {
      best = score;
      lastLeft = at / STRIDE;
      left = { gradient, hessian, rows };
    }
  }
  return best < 0 ? null : { gain: best, rule: { kind: "numeric", lastLeft, missingLeft }, left };
}
