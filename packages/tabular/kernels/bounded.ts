import { limit, Limit } from "./control";

/**
 * The gradient less the L1 penalty (Chen & Guestrin's XGBoost, `alpha`): nearer to 0 by λ1, and 0 within it.
 */
function softened(gradient: f64): f64 {
  return copysign(max<f64>(0, abs(gradient) - limit(Limit.L1)), gradient);
}

/** What a leaf of these sums adds to the score, within its bounds. As `leafValue` in `src/gbdt/leaf-value.ts`. */
function valueOf(gradient: f64, hessian: f64, totals: u32): f64 {
  const best = -softened(gradient) / (hessian + limit(Limit.L2));
  return min(max(best, load<f64>(totals, 24)), load<f64>(totals, 32));
}

/** By how much a leaf of this value lowers the loss, to second order and twice: G² / (H + λ2) where it is the best one. */
function worthOf(value: f64, gradient: f64, hessian: f64): f64 {
  return -(2 * softened(gradient) + (hessian + limit(Limit.L2)) * value) * value;
}

/** The same of a leaf that is not divided. @param totals as `findSplit` has them. */
export function boundedWorth(totals: u32): f64 {
  const gradient = load<f64>(totals);
  const hessian = load<f64>(totals, 8);
  return worthOf(valueOf(gradient, hessian, totals), gradient, hessian);
}

/**
 * Score of two children where values have bounds or an L1 penalty; −Infinity where their values are not in the order that the
 * column asks for.
 *
 * @param direction of the column: 1, -1 or 0.
 * @param totals of the leaf, whose bounds hold for both.
 */
export function boundedScore(
  gradient: f64,
  hessian: f64,
  otherGradient: f64,
  otherHessian: f64,
  direction: i32,
  totals: u32,
): f64 {
  const value = valueOf(gradient, hessian, totals);
  const other = valueOf(otherGradient, otherHessian, totals);
  if ((direction > 0 && value > other) || (direction < 0 && value < other)) return -Infinity;
  return worthOf(value, gradient, hessian) + worthOf(other, otherGradient, otherHessian);
}
