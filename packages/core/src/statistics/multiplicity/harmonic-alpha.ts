/**
 * The error rate that look `look` (from 1) at one holdout may spend: alpha × 6 / (π² look²).
 *
 * The shares of all looks, however many there will be, add up to `alpha` (Euler's sum of 1/k²).
 */
export function harmonicAlpha(alpha: number, look: number): number {
  return (alpha * 6) / (Math.PI * Math.PI * look * look);
}
