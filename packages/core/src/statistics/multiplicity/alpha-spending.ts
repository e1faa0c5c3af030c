import { normalCdf, normalQuantile } from "../special/normal.ts";

/**
 * Error rate that may have been spent when the share `information` in (0, 1] of the planned rows is in: little early.
 *
 * Source: Lan & DeMets (1983), Biometrika 70, after O'Brien & Fleming. `alpha` is two-sided and cumulative.
 */
export function obrienFlemingSpent(alpha: number, information: number): number {
  return 2 * normalCdf(normalQuantile(alpha / 2) / Math.sqrt(information));
}

/** The same after Pocock: about evenly over the looks. */
export function pocockSpent(alpha: number, information: number): number {
  return alpha * Math.log1p((Math.E - 1) * information);
}
