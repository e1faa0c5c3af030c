import { bisect } from "./bisect.ts";
import { regularisedGamma } from "./regularised-gamma.ts";

/** Upper tail of the chi-squared distribution: P(X ≥ x). Relative error below 1e-13 up to 1e4 degrees of freedom. */
export function chiSquaredSf(x: number, dof: number): number {
  return regularisedGamma(dof / 2, x / 2).upper;
}

/** By `alpha` and degrees of freedom. Columns with as many buckets share one, and each takes dozens of tail areas. */
const criticals = new Map<string, number>();
const mostKept = 1000;

/** The value that a chi-squared variable exceeds with probability `alpha` in (0, 1). Relative error below 1e-13. */
export function chiSquaredCritical(alpha: number, dof: number): number {
  const name = `${alpha} ${dof}`;
  const known = criticals.get(name);
  if (known !== undefined) return known;
  const critical = findCritical(alpha, dof);
  if (criticals.size < mostKept) criticals.set(name, critical);
  return critical;
}

function findCritical(alpha: number, dof: number): number {
  let high = Math.max(dof, 1);
  while (chiSquaredSf(high, dof) > alpha) high *= 2;
  return bisect(0, high, (x) => chiSquaredSf(x, dof) <= alpha);
}
