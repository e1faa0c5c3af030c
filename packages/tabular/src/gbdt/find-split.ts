import type { BinnedColumn } from "./bin-features.ts";
import { findCategoricalSplit } from "./find-categorical-split.ts";
import { findNumericSplit } from "./find-numeric-split.ts";
import type { ColumnSplit, SplitLimits, Totals } from "./split.ts";

/** A gain below this share of the children's scores is rounding, not signal. */
const MIN_RELATIVE_GAIN = 1e-9;

/**
 * The split of one column that lowers the loss most, to second order (Chen & Guestrin 2016, equation 7, without the
 * factor 1/2); `null` when no split keeps the limits and gains. Of equal splits the first wins.
 *
 * @param offset where the column's bins begin in the histogram.
 */
export function findSplit(
  histogram: Float64Array,
  offset: number,
  column: BinnedColumn,
  totals: Totals,
  limits: SplitLimits,
): ColumnSplit | null {
  const found =
    column.kind === "numeric"
      ? findNumericSplit(histogram, offset, column.size, totals, limits)
      : findCategoricalSplit(histogram, offset, column.size, totals, limits);
  if (found === null) return null;
  const gain = found.gain - (totals.gradient * totals.gradient) / (totals.hessian + limits.l2);
  return gain > MIN_RELATIVE_GAIN * found.gain ? { ...found, gain } : null;
}
