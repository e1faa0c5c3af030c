import type { BinnedColumn } from "./bin-features.ts";
import { findSplit } from "./find-split.ts";
import {
  addRows,
  addRowsToPair,
  histogramPool,
  type HistogramPool,
  type NodeGradients,
  subtract,
} from "./histogram.ts";
import type { Split, SplitLimits, Totals } from "./split.ts";

export interface GrowthSettings extends SplitLimits {
  readonly leaves: number;
  readonly learningRate: number;
}

/** The binned training rows, and buffers that are used again from tree to tree. */
export interface Workbench {
  readonly columns: readonly BinnedColumn[];
  readonly settings: GrowthSettings;
  readonly pool: HistogramPool;
  readonly scratch: Uint32Array;
  readonly ordered: NodeGradients;
}

/** What one tree is grown on. */
export interface Sample {
  /** Ascending on entry; reordered so that each leaf's rows stand together. */
  readonly rows: Uint32Array;
  /** Columns that may be split on, ascending. */
  readonly columns: Uint32Array;
  /** First and second derivative of the loss by the row's score; by row, not by place in `rows`. */
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** A node that may still be divided. */
export interface Leaf {
  readonly from: number;
  readonly to: number;
  readonly totals: Totals;
  /** The place in the tree that points to this leaf; `null`: the root. */
  readonly parent: { readonly split: number; readonly side: "left" | "right" } | null;
  /** `null`: not counted, or given back. */
  histogram: Float64Array | null;
  split: Split | null;
}

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
export function examineRoot(bench: Workbench, sample: Sample, root: Leaf): void {
  if (!isSplittable(root, bench.settings)) return;
  root.histogram = bench.pool.take();
  countRows(bench, sample, root, root.histogram);
  seekSplit(bench, sample, root);
}

/**
 * Find the best splits of a divided leaf's children. The smaller child is counted from its rows; the larger is its parent
 * less the smaller, where the parent's counts were kept.
 */
export function examineChildren(bench: Workbench, sample: Sample, parent: Leaf, left: Leaf, right: Leaf): void {
  const [small, large] = left.totals.rows <= right.totals.rows ? [left, right] : [right, left];
  if (!isSplittable(large, bench.settings)) return release(bench, parent);

  small.histogram = bench.pool.take();
  countRows(bench, sample, small, small.histogram);
  if (parent.histogram === null) {
    large.histogram = bench.pool.take();
    countRows(bench, sample, large, large.histogram);
  } else {
    subtract(parent.histogram, small.histogram);
    large.histogram = parent.histogram;
    parent.histogram = null;
  }
  seekSplit(bench, sample, left);
  seekSplit(bench, sample, right);
}

function isSplittable(leaf: Leaf, { minLeafRows, leaves }: GrowthSettings): boolean {
  return leaves > 1 && leaf.totals.rows >= 2 * minLeafRows;
}

function countRows({ columns, pool, ordered }: Workbench, sample: Sample, leaf: Leaf, histogram: Float64Array): void {
  for (let i = leaf.from, k = 0; i < leaf.to; i++, k++) {
    const row = sample.rows[i]!;
    ordered.gradients[k] = sample.gradients[row]!;
    ordered.hessians[k] = sample.hessians[row]!;
  }
  const { rows, columns: active } = sample;
  const { from, to } = leaf;
  for (let i = 0; i < active.length; i += 2) {
    const [first, second] = [active[i]!, active[i + 1]];
    const offset = pool.offsets[first]!;
    const { bins } = columns[first]!;
    if (second === undefined) addRows(histogram, offset, bins, rows, from, to, ordered);
    else {
      const offsets = [offset, pool.offsets[second]!] as const;
      addRowsToPair(histogram, offsets, [bins, columns[second]!.bins], rows, from, to, ordered);
    }
  }
}

/** Find the leaf's best split; its histogram is kept only where it can still serve its children. */
function seekSplit(bench: Workbench, sample: Sample, leaf: Leaf): void {
  const { columns, pool, settings } = bench;
  if (isSplittable(leaf, settings)) {
    for (const column of sample.columns) {
      const found = findSplit(leaf.histogram!, pool.offsets[column]!, columns[column]!, leaf.totals, settings);
      if (found !== null && (leaf.split === null || found.gain > leaf.split.gain)) leaf.split = { ...found, column };
    }
  }
  if (leaf.split === null || pool.isFull()) release(bench, leaf);
}

export function release({ pool }: Workbench, leaf: Leaf): void {
  if (leaf.histogram !== null) pool.give(leaf.histogram);
  leaf.histogram = null;
}
