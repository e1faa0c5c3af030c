import { STRIDE } from "./histogram.ts";
import { type ColumnSplit, MIN_HESSIAN, minus, type SplitLimits, type Totals } from "./split.ts";

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
 * 1958), so it is found like a numeric one; `null` when the limits allow none. O(codes log codes).
 *
 * @param sums [STRIDE × codes]: gradient sum, hessian sum, row count per code; code 0 = missing.
 */
export function findCategoricalSplit(sums: Float64Array, totals: Totals, limits: SplitLimits): ColumnSplit | null {
  const groups = groupCategories(sums, limits);
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

/** Ascending by the value that a leaf of the group alone would take. */
function groupCategories(sums: Float64Array, { minCategoryRows, l2 }: SplitLimits): Group[] {
  const groups: Group[] = [];
  const pool: Group = { code: POOLED, gradient: 0, hessian: 0, rows: 0 };
  for (let at = 0; at < sums.length; at += STRIDE) {
    const rows = sums[at + 2]!;
    if (rows >= minCategoryRows) {
      groups.push({ code: at / STRIDE, gradient: sums[at]!, hessian: sums[at + 1]!, rows });
    } else if (rows > 0) {
      pool.gradient += sums[at]!;
      pool.hessian += sums[at + 1]!;
      pool.rows += rows;
    }
  }
  if (pool.rows > 0) groups.push(pool);
  const order = (group: Group): number => group.gradient / Math.max(group.hessian + l2, MIN_HESSIAN);
  return groups.sort((a, b) => order(a) - order(b));
}
