import type { Freedom } from "./constraints.ts";
import { readSplit } from "./read-split.ts";
import type { NodeSplit, Totals } from "./split.ts";
import type { GrowthSettings, Workbench } from "./workbench.ts";

/** A node that may still be divided. */
export interface Leaf {
  /** The leaf's rows are those of places `from` to `to` - 1. */
  readonly from: number;
  readonly to: number;
  readonly totals: Totals;
  readonly freedom: Freedom;
  /** The place in the tree that points to this leaf; `null`: the root. */
  readonly parent: { readonly split: number; readonly side: "left" | "right" } | null;
  /** `null`: not counted, or given back. */
  histogram: number | null;
  split: NodeSplit | null;
}

/** Bits of `Kernels.count`. */
const COUNTED = 1;
const OTHER = 2;

/** A leaf that is not counted yet. */
export function newLeaf(
  [from, to]: readonly [from: number, to: number],
  totals: Totals,
  freedom: Freedom,
  parent: Leaf["parent"],
): Leaf {
  return { from, to, totals, freedom, parent, histogram: null, split: null };
}

/** Sum up and count the rows that were drawn, and find their best split. */
export function examineRoot(bench: Workbench, rows: number, freedom: Freedom): Leaf {
  const { kernels, pool, settings } = bench;
  const histogram = pool.take();
  kernels.total(0, 0, 0, rows, freedom.bounds.lower, freedom.bounds.upper);
  kernels.countRoot(histogram);
  const [gradient, hessian] = bench.tree.totals;
  const root = newLeaf([0, rows], { gradient: gradient!, hessian: hessian!, rows }, freedom, null);
  root.histogram = histogram;
  if (isSplittable(root, settings)) root.split = readSplit(bench, freedom.columns, 0);
  releaseUseless(bench, root);
  return root;
}

/**
 * Find the best splits of a divided leaf's children. The smaller child is counted from its rows; the larger is its parent
 * less the smaller, where the parent's counts were kept.
 */
export function examineChildren(
  bench: Workbench,
  parent: Leaf,
  [left, right]: readonly [left: Leaf, right: Leaf],
): void {
  const [small, large] = left.totals.rows <= right.totals.rows ? [left, right] : [right, left];
  if (!isSplittable(large, bench.settings)) return release(bench, parent);

  if (parent.histogram === null) {
    count(bench, small, null);
    if (isSplittable(small, bench.settings)) small.split = readSplit(bench, small.freedom.columns, 0);
    count(bench, large, null);
    large.split = readSplit(bench, large.freedom.columns, 0);
  } else {
    large.histogram = parent.histogram;
    parent.histogram = null;
    count(bench, small, large);
    if (isSplittable(small, bench.settings)) small.split = readSplit(bench, small.freedom.columns, 0);
    large.split = readSplit(bench, large.freedom.columns, 1);
  }
  releaseUseless(bench, left);
  releaseUseless(bench, right);
}

function isSplittable(leaf: Leaf, { minLeafRows, leaves }: GrowthSettings): boolean {
  return leaves > 1 && leaf.totals.rows >= 2 * minLeafRows;
}

/** Count a leaf's rows, and turn its parent's counts, which `other` holds, into those of `other`; search both. */
function count({ kernels, pool, settings }: Workbench, leaf: Leaf, other: Leaf | null): void {
  leaf.histogram = pool.take();
  const searched = (isSplittable(leaf, settings) ? COUNTED : 0) | (other === null ? 0 : OTHER);
  setTotals(kernels, 0, leaf);
  if (other !== null) setTotals(kernels, 1, other);
  kernels.count(leaf.from, leaf.to, leaf.histogram, other?.histogram ?? 0, searched);
}

function setTotals(kernels: Workbench["kernels"], which: 0 | 1, { totals, freedom }: Leaf): void {
  const { gradient, hessian, rows } = totals;
  kernels.total(which, gradient, hessian, rows, freedom.bounds.lower, freedom.bounds.upper);
}

/** A histogram is kept only where it can still serve the leaf's children. */
function releaseUseless(bench: Workbench, leaf: Leaf): void {
  if (leaf.split === null || bench.pool.isFull()) release(bench, leaf);
}

/** Give the leaf's histogram back to the pool, if it has one. */
export function release({ pool }: Workbench, leaf: Leaf): void {
  if (leaf.histogram !== null) pool.give(leaf.histogram);
  leaf.histogram = null;
}
