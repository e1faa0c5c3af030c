/** Sums over the rows of a node. */
export interface Totals {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

/** Settings of `model.yaml` that bound a split, by the same names. */
export interface SplitLimits {
  readonly minLeafRows: number;
  readonly minCategoryRows: number;
  readonly l2: number;
  /** Left out: 0. */
  readonly l1?: number | undefined;
}

/** Between what the value of a leaf must lie, so that constraints hold. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** How a node divides its rows by one column. */
export type SplitRule =
  /** Left: bins 1 … `lastLeft`, and bin 0 (missing) as `missingLeft` says. */
  | { readonly kind: "numeric"; readonly lastLeft: number; readonly missingLeft: boolean }
  /** Left: these codes, ascending. Right: everything else, whether seen here or not. */
  | { readonly kind: "categorical"; readonly codes: readonly number[] };

/** The split of a node. */
export interface NodeSplit {
  readonly column: number;
  readonly gain: number;
  readonly rule: SplitRule;
  readonly left: Totals;
}

/** Least sum of hessians in a child: keeps leaf values finite where predictions are certain. */
export const MIN_HESSIAN = 1e-3;

/** The totals of the other child. */
export function minus(totals: Totals, part: Totals): Totals {
  return {
    gradient: totals.gradient - part.gradient,
    hessian: totals.hessian - part.hessian,
    rows: totals.rows - part.rows,
  };
}
