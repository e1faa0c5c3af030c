import type { BinnedColumn } from "./bin-features.ts";
import { STRIDE } from "./histogram.ts";

/** Sums over the rows of a node. */
export interface Totals {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

export interface SplitLimits {
  readonly minLeafRows: number;
  readonly minCategoryRows: number;
  readonly l2: number;
}

/** How a node divides its rows by one column. */
export type SplitRule =
  /** Left: bins 1 … `lastLeft`, and bin 0 (missing) as `missingLeft` says. */
  | { readonly kind: "numeric"; readonly lastLeft: number; readonly missingLeft: boolean }
  /** Left: these codes, ascending. Right: everything else, whether seen here or not. */
  | { readonly kind: "categorical"; readonly codes: readonly number[] };

export interface Split {
  readonly column: number;
  readonly gain: number;
  readonly rule: SplitRule;
  readonly left: Totals;
}

/** Least sum of hessians in a child: keeps leaf values finite where predictions are certain. */
export const MIN_HESSIAN = 1e-3;

/** A gain below this share of the children's scores is rounding, not signal. */
const MIN_RELATIVE_GAIN = 1e-9;

type Found = Omit<Split, "column">;

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
): Found | null {
  const found =
    column.kind === "numeric"
      ? findNumeric(histogram, offset, column.size, totals, limits)
      : findCategorical(histogram, offset, column.size, totals, limits);
  if (found === null) return null;
  const gain = found.gain - (totals.gradient * totals.gradient) / (totals.hessian + limits.l2);
  return gain > MIN_RELATIVE_GAIN * found.gain ? { ...found, gain } : null;
}

/** In the result, `gain` is still the sum of the children's scores. */
function findNumeric(
  histogram: Float64Array,
  offset: number,
  size: number,
  totals: Totals,
  limits: SplitLimits,
): Found | null {
  const right = scanNumeric(histogram, offset, size, totals, limits, false);
  if (histogram[offset + 2] === 0) {
    // Nobody knows where missing values belong; the larger side is the safer guess.
    if (right === null || right.rule.kind !== "numeric") return right;
    return { ...right, rule: { ...right.rule, missingLeft: right.left.rows > totals.rows - right.left.rows } };
  }
  const left = scanNumeric(histogram, offset, size, totals, limits, true);
  return left !== null && (right === null || left.gain > right.gain) ? left : right;
}

function scanNumeric(
  histogram: Float64Array,
  offset: number,
  size: number,
  totals: Totals,
  { minLeafRows, l2 }: SplitLimits,
  missingLeft: boolean,
): Found | null {
  let gradient = missingLeft ? histogram[offset]! : 0;
  let hessian = missingLeft ? histogram[offset + 1]! : 0;
  let rows = missingLeft ? histogram[offset + 2]! : 0;
  let best = -1;
  let lastLeft = 0;
  let left: Totals = totals;
  for (let bin = 1; bin < size; bin++) {
    const at = offset + STRIDE * bin;
    const count = histogram[at + 2]!;
    if (count === 0) continue;
    gradient += histogram[at]!;
    hessian += histogram[at + 1]!;
    rows += count;
    if (rows < minLeafRows || hessian < MIN_HESSIAN) continue;
    const otherHessian = totals.hessian - hessian;
    if (totals.rows - rows < minLeafRows || otherHessian < MIN_HESSIAN) break;
    const otherGradient = totals.gradient - gradient;
    const score = (gradient * gradient) / (hessian + l2) + (otherGradient * otherGradient) / (otherHessian + l2);
    if (score > best) {
      best = score;
      lastLeft = bin;
      left = { gradient, hessian, rows };
    }
  }
  return best < 0 ? null : { gain: best, rule: { kind: "numeric", lastLeft, missingLeft }, left };
}

/** Categories that move together: one code with enough rows, or all those with too few. */
interface Group {
  readonly code: number;
  gradient: number;
  hessian: number;
  rows: number;
}

const POOLED = -1;

/**
 * With the categories in order of their mean gradient, the best division of them is a cut in that order (Fisher
 * 1958), so it is found like a numeric one. In the result, `gain` is still the sum of the children's scores.
 */
function findCategorical(
  histogram: Float64Array,
  offset: number,
  size: number,
  totals: Totals,
  limits: SplitLimits,
): Found | null {
  const groups = groupCategories(histogram, offset, size, limits);
  let gradient = 0;
  let hessian = 0;
  let rows = 0;
  let best = -1;
  let cut = 0;
  let left: Totals = totals;
  for (let i = 0; i < groups.length - 1; i++) {
    const group = groups[i]!;
    gradient += group.gradient;
    hessian += group.hessian;
    rows += group.rows;
    if (rows < limits.minLeafRows || hessian < MIN_HESSIAN) continue;
    const otherHessian = totals.hessian - hessian;
    if (totals.rows - rows < limits.minLeafRows || otherHessian < MIN_HESSIAN) break;
    const otherGradient = totals.gradient - gradient;
    const score =
      (gradient * gradient) / (hessian + limits.l2) + (otherGradient * otherGradient) / (otherHessian + limits.l2);
    if (score > best) {
      best = score;
      cut = i + 1;
      left = { gradient, hessian, rows };
    }
  }
  if (best < 0) return null;

  // Pooled and unseen categories go right; without a pool, right is the side with more rows.
  const pooled = groups.findIndex((group) => group.code === POOLED);
  const mirrored = pooled === -1 ? left.rows > totals.rows - left.rows : pooled < cut;
  const codes = (mirrored ? groups.slice(cut) : groups.slice(0, cut)).map((group) => group.code);
  return {
    gain: best,
    rule: { kind: "categorical", codes: codes.sort((a, b) => a - b) },
    left: mirrored ? minus(totals, left) : left,
  };
}

function groupCategories(
  histogram: Float64Array,
  offset: number,
  size: number,
  { minCategoryRows, l2 }: SplitLimits,
): Group[] {
  const groups: Group[] = [];
  const pool: Group = { code: POOLED, gradient: 0, hessian: 0, rows: 0 };
  for (let code = 0; code < size; code++) {
    const at = offset + STRIDE * code;
    const rows = histogram[at + 2]!;
    if (rows >= minCategoryRows) {
      groups.push({ code, gradient: histogram[at]!, hessian: histogram[at + 1]!, rows });
    } else if (rows > 0) {
      pool.gradient += histogram[at]!;
      pool.hessian += histogram[at + 1]!;
      pool.rows += rows;
    }
  }
  if (pool.rows > 0) groups.push(pool);
  const order = (group: Group): number => group.gradient / Math.max(group.hessian + l2, MIN_HESSIAN);
  return groups.sort((a, b) => order(a) - order(b) || a.code - b.code);
}

/** The totals of the other child. */
export function minus(totals: Totals, part: Totals): Totals {
  return {
    gradient: totals.gradient - part.gradient,
    hessian: totals.hessian - part.hessian,
    rows: totals.rows - part.rows,
  };
}
