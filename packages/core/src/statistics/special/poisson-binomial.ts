/**
 * How likely it is that at least, or at most, so many of independent yes-or-no outcomes are yes: the tail of the
 * Poisson binomial distribution, exactly (up to rounding, about 1e-15 per outcome).
 *
 * Adds one outcome after the other to the distribution of the count, which is kept up to `count` only (Hong 2013,
 * Computational Statistics & Data Analysis 59, section 2.4). O(outcomes × count).
 *
 * Example: of the chances [0.5, 0.5] at least 1 comes with 0.75, at most 0 with 0.25.
 *
 * @param chances [outcomes]: chance of yes, each within [0, 1].
 * @param count from 0 to the number of outcomes.
 */
export function poissonBinomialTail(chances: Float64Array, count: number, side: "at-least" | "at-most"): number {
  const most = side === "at-least" ? count - 1 : count;
  if (most < 0) return 1;
  // [most + 1]: chance of each count so far; what would be more is dropped.
  const sofar = new Float64Array(most + 1);
  sofar[0] = 1;
  for (const chance of chances) {
    for (let yes = most; yes > 0; yes--) sofar[yes] = sofar[yes]! * (1 - chance) + sofar[yes - 1]! * chance;
    sofar[0] *= 1 - chance;
  }
  const below = sofar.reduce((sum, value) => sum + value, 0);
  return side === "at-least" ? Math.max(0, 1 - below) : Math.min(1, below);
}

/**
 * A bound that the tail of a weighted sum of such outcomes never exceeds, on either side of its mean (Bernstein 1946).
 * It is far from the tail where the distance is small, so that it decides only what is clear.
 *
 * @param distance from the mean, in the unit of the weights.
 * @param variance of the sum: Σ w² p (1 − p).
 * @param largest weight of an outcome.
 */
export function bernsteinBound(distance: number, variance: number, largest: number): number {
  const spread = 2 * (variance + (largest * distance) / 3);
  return distance <= 0 ? 1 : spread > 0 ? Math.exp((-distance * distance) / spread) : 0;
}
