import { chiSquaredSf } from "../special/chi-squared.ts";

/**
 * Pearson's test of counts against expected counts that are known exactly, not sampled. To compare two samples use
 * `chiSquaredHomogeneity`.
 *
 * A category that is expected never and seen makes the statistic infinite and p 0; one that is neither is dropped.
 *
 * @returns `null` when fewer than two categories remain.
 */
export function goodnessOfFit(
  observed: readonly number[],
  expected: readonly number[],
): { statistic: number; dof: number; p: number } | null {
  let statistic = 0;
  let categories = 0;
  for (const [i, count] of observed.entries()) {
    const mean = expected[i]!;
    if (count === 0 && mean === 0) continue;
    categories++;
    statistic += ((count - mean) * (count - mean)) / mean;
  }
  if (categories < 2) return null;
  return { statistic, dof: categories - 1, p: chiSquaredSf(statistic, categories - 1) };
}
