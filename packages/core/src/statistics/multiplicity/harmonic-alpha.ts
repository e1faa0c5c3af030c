/**
 * The error rate that look `look` (from 1) at one holdout may spend: alpha × 6 / (π² look²).
 *
 * The shares of all looks, however many there will be, add up to `alpha` (Euler's sum of 1/k²). Example: of 0.05, the
 * first look may spend 0.0304, the second 0.0076, the tenth 0.0003.
 */
export function harmonicAlpha(alpha: number, look: number): number {
  return (alpha * 6) / (Math.PI * Math.PI * look * look);
}
