import { sortedOrder } from "../resampling/sorted-order.ts";
import { normalSf } from "../special/normal.ts";

export interface Wilcoxon {
  /** The smaller of the two sums of ranks. */
  readonly w: number;
  readonly pTwoSided: number;
}

/**
 * Wilcoxon's signed-rank test that paired differences lie symmetrically around 0, by the normal approximation with
 * correction for ties and without one for continuity.
 *
 * Differences of 0 are left out. Source: Wilcoxon (1945); Hollander & Wolfe (1999), section 3.1.
 *
 * @returns `null` when nothing is left.
 */
export function wilcoxonSignedRank(differences: Float64Array): Wilcoxon | null {
  const nonZero = differences.filter((difference) => difference !== 0);
  const n = nonZero.length;
  if (n === 0) return null;
  const sizes = nonZero.map(Math.abs);
  const order = sortedOrder(sizes);
  let positiveRanks = 0;
  let ties = 0;
  for (let start = 0; start < n;) {
    let end = start;
    let positives = 0;
    while (end < n && sizes[order[end]!] === sizes[order[start]!]) if (nonZero[order[end++]!]! > 0) positives++;
    const size = end - start;
    positiveRanks += positives * ((start + 1 + end) / 2);
    ties += size * size * size - size;
    start = end;
  }
  const mean = (n * (n + 1)) / 4;
  const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1) - ties / 2) / 24);
  const w = Math.min(positiveRanks, 2 * mean - positiveRanks);
  return { w, pTwoSided: Math.min(1, 2 * normalSf((mean - w) / deviation)) };
}
