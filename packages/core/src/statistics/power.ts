import { normalQuantile } from "./special/normal.ts";

/**
 * The smallest true improvement that a one-sided test at `alpha` would find with probability `power`.
 *
 * Source: (z_{1−alpha} + z_power) × standard error, the normal approximation.
 */
export function minimumDetectableEffect(standardError: number, alpha = 0.05, power = 0.8): number {
  return (normalQuantile(1 - alpha) + normalQuantile(power)) * standardError;
}
