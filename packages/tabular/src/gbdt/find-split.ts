import type { BinnedColumn } from "./bin-features.ts";
import { findCategoricalSplit } from "./find-categorical-split.ts";
import { findNumericSplit } from "./find-numeric-split.ts";
import type { ColumnSplit, SplitLimits, Totals } from "./split.ts";

/** A gain below this share of the children's scores is rounding, not signal. */
const MIN_RELATIVE_GAIN = 1e-9;

/**
 * The split of one column that lowers the loss most, to second order (Chen & Guestrin 2016, equation 7, without the
 * factor 1/2); `null` when no split keeps the limits and gains. O(bins), or O(bins log bins) for categories. Of equal splits the first wins.
 *
 * @param sums [STRIDE × bins]: the column's part of the leaf's histogram.
 * @param totals sums over the leaf's rows; equal to the sums over the bins but for rounding.
 * @returns `gain` in units of the loss, times 2: G_l² / (H_l + λ) + G_r² / (H_r + λ) − G² / (H + λ).
 */
export function findSplit(
  sums: Float64Array,
  kind: BinnedColumn["kind"],
  totals: Totals,
  limits: SplitLimits,
): ColumnSplit | null {
  const found =
    kind === "numeric" ? findNumericSplit(sums, totals, limits) : findCategoricalSplit(sums, totals, limits);
  if (found === null) return null;
  const gain = found.gain - (totals.gradient * totals.gradient) / (totals.hessian + limits.l2);
  return gain > MIN_RELATIVE_GAIN * found.gain ? { ...found, gain } : null;
}
