import { regularisedBeta } from "./regularised-beta.ts";

/**
 * Two-sided tail of Student's t distribution: P(|T| ≥ |t|). Relative error below 1e-12 up to 1e4 degrees of freedom.
 *
 * Source: Abramowitz & Stegun 26.7.1, as an incomplete beta function.
 */
export function studentTTwoSided(t: number, dof: number): number {
  const square = t * t;
  if (square === Infinity) return 0;
  return regularisedBeta(dof / 2, 0.5, dof / (dof + square), square / (dof + square)).lower;
}
