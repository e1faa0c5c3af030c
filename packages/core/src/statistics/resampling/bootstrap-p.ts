/**
 * One-sided bootstrap p of "the value is at most `threshold`": (1 + #{replicate ≤ threshold}) / (B + 1).
 *
 * Never 0: B resamples cannot speak of less than 1 / (B + 1). Source: Davison & Hinkley (1997), section 4.2.
 */
export function bootstrapP(replicates: Float64Array, threshold = 0): number {
  const atMost = replicates.reduce((count, value) => count + (value <= threshold ? 1 : 0), 0);
  return (1 + atMost) / (replicates.length + 1);
}
