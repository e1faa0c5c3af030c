import type { BinnedColumn } from "./bin-features.ts";
import { findSplit } from "./find-split.ts";
import { addRows, addRowsToPair, histogramPool, type Gradients, type HistogramPool, subtract } from "./histogram.ts";
import type { NodeSplit, SplitLimits, Totals } from "./split.ts";

export interface GrowthSettings extends SplitLimits {
  readonly leaves: number;
  readonly learningRate: number;
}

/** The binned training rows, and buffers that are used again from tree to tree. */
export interface Workbench {
  readonly columns: readonly BinnedColumn[];
  readonly settings: GrowthSettings;
  readonly pool: HistogramPool;
  /** [training rows]: room for the rows that move while a leaf is divided. */
  readonly scratch: Uint32Array;
  /** [training rows]: the gradients of one leaf's rows, in the order of those rows. */
  readonly ordered: Gradients;
}

/** What one tree is grown on. The gradients have one entry per training row, not per place in `rows`. */
export interface TreeRows extends Gradients {
  /** [drawn rows]: numbers of training rows. Ascending on entry; reordered so that each leaf's rows stand together. */
  readonly rows: Uint32Array;
  /** [drawn columns]: columns that may be split on, ascending. */
  readonly columns: Uint32Array;
}

/** A node that may still be divided. */
export interface Leaf {
  /** The leaf's rows are `TreeRows.rows[from] … rows[to - 1]`. */
  readonly from: number;
  readonly to: number;
  readonly totals: Totals;
  /** The place in the tree that points to this leaf; `null`: the root. */
  readonly parent: { readonly split: number; readonly side: "left" | "right" } | null;
  /** `null`: not counted, or given back. */
  histogram: Float64Array | null;
  split: NodeSplit | null;
}

/** @param rowCount training rows, whether drawn for a tree or not. */
export function workbench(columns: readonly BinnedColumn[], rowCount: number, settings: GrowthSettings): Workbench {
  return {
    columns,
    settings,
    pool: histogramPool(columns),
    scratch: new Uint32Array(rowCount),
    ordered: { gradients: new Float64Array(rowCount), hessians: new Float64Array(rowCount) },
  };
}

/** Count the root's rows and find its best split. */
export function examineRoot(bench: Workbench, drawn: TreeRows, root: Leaf): void {
  if (!isSplittable(root, bench.settings)) return;
  root.histogram = bench.pool.take();
  countRows(bench, drawn, root, root.histogram);
  seekSplit(bench, drawn, root);
}

/**
 * Find the best splits of a divided leaf's children. The smaller child is counted from its rows; the larger is its parent
 * less the smaller, where the parent's counts were kept.
 */
export function examineChildren(
  bench: Workbench,
  drawn: TreeRows,
  parent: Leaf,
  [left, right]: readonly [left: Leaf, right: Leaf],
): void {
  const [small, large] = left.totals.rows <= right.totals.rows ? [left, right] : [right, left];
  if (!isSplittable(large, bench.settings)) return release(bench, parent);

  small.histogram = bench.pool.take();
  countRows(bench, drawn, small, small.histogram);
  if (parent.histogram === null) {
    large.histogram = bench.pool.take();
    countRows(bench, drawn, large, large.histogram);
  } else {
    subtract(parent.histogram, small.histogram);
    large.histogram = parent.histogram;
    parent.histogram = null;
  }
  seekSplit(bench, drawn, left);
  seekSplit(bench, drawn, right);
}

function isSplittable(leaf: Leaf, { minLeafRows, leaves }: GrowthSettings): boolean {
  return leaves > 1 && leaf.totals.rows >= 2 * minLeafRows;
}

/** Adds the leaf's rows to an all-zero histogram. O(rows × drawn columns): where training spends its time. */
function countRows({ columns, pool, ordered }: Workbench, drawn: TreeRows, leaf: Leaf, histogram: Float64Array): void {
  const rows = drawn.rows.subarray(leaf.from, leaf.to);
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!;
    ordered.gradients[k] = drawn.gradients[row]!;
    ordered.hessians[k] = drawn.hessians[row]!;
  }
  const active = drawn.columns;
  for (let i = 0; i < active.length; i += 2) {
    const [first, second] = [active[i]!, active[i + 1]];
    const sums = pool.sumsOf(histogram, first);
    const { bins } = columns[first]!;
    if (second === undefined) addRows(sums, bins, rows, ordered);
    else addRowsToPair([sums, pool.sumsOf(histogram, second)], [bins, columns[second]!.bins], rows, ordered);
  }
}

/** Find the leaf's best split; its histogram is kept only where it can still serve its children. */
function seekSplit(bench: Workbench, drawn: TreeRows, leaf: Leaf): void {
  const { columns, pool, settings } = bench;
  if (isSplittable(leaf, settings)) {
    for (const column of drawn.columns) {
      const sums = pool.sumsOf(leaf.histogram!, column);
      const found = findSplit(sums, columns[column]!.kind, leaf.totals, settings);
      if (found !== null && (leaf.split === null || found.gain > leaf.split.gain)) leaf.split = { ...found, column };
    }
  }
  if (leaf.split === null || pool.isFull()) release(bench, leaf);
}

/** Give the leaf's histogram back to the pool, if it has one. */
export function release({ pool }: Workbench, leaf: Leaf): void {
  if (leaf.histogram !== null) pool.give(leaf.histogram);
  leaf.histogram = null;
}
