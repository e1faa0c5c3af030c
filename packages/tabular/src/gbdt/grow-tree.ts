import type { BinnedColumn } from "./bin-features.ts";
import { findSplit, MIN_HESSIAN, minus, type Split, type SplitLimits, type Totals } from "./find-split.ts";
import {
  addRows,
  addRowsToPair,
  histogramPool,
  type HistogramPool,
  type NodeGradients,
  subtract,
} from "./histogram.ts";
import { routeBins, splitRows, storedRule } from "./split-rows.ts";
import type { Tree } from "./tree.ts";

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

/** A new tree, and how it treats binned rows. */
export interface GrownTree {
  readonly tree: Tree;
  /** Per split, by bin: 1 where it goes left. */
  readonly goesLeft: readonly Uint8Array[];
  /** Per leaf, its stretch of `Sample.rows`: from (inclusive), to (exclusive). */
  readonly leafRows: readonly (readonly [from: number, to: number])[];
}

interface Leaf {
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

/** Grow one tree leaf-wise: always divide the leaf whose best split gains most; of equal ones the oldest. */
export function growTree(bench: Workbench, sample: Sample): GrownTree {
  const { columns, settings, pool } = bench;
  const root: Leaf = { ...empty, from: 0, to: sample.rows.length, totals: totalsOf(sample), parent: null };
  if (isSplittable(root, settings)) {
    root.histogram = pool.take();
    countRows(bench, sample, root, root.histogram);
    seekSplit(bench, sample, root);
  }

  const leaves = [root];
  const tree = { column: [] as number[], rule: [] as Tree["rule"][number][], missingLeft: [] as number[] };
  const children = { left: [] as number[], right: [] as number[] };
  const goesLeft: Uint8Array[] = [];
  while (leaves.length < settings.leaves) {
    const index = indexOfLargestGain(leaves);
    if (index === -1) break;
    const leaf = leaves[index]!;
    const { column, rule, left: leftTotals } = leaf.split!;
    const split = goesLeft.length;
    if (leaf.parent !== null) children[leaf.parent.side][leaf.parent.split] = split;

    const binned = columns[column]!;
    const route = routeBins(rule);
    const middle = splitRows(sample.rows, leaf.from, leaf.to, binned.bins, route, bench.scratch);
    const rightTotals = minus(leaf.totals, leftTotals);
    const left: Leaf = { ...empty, from: leaf.from, to: middle, totals: leftTotals, parent: { split, side: "left" } };
    const right: Leaf = { ...empty, from: middle, to: leaf.to, totals: rightTotals, parent: { split, side: "right" } };

    goesLeft.push(route);
    tree.column.push(column);
    tree.rule.push(storedRule(rule, binned));
    tree.missingLeft.push(rule.kind === "numeric" && rule.missingLeft ? 1 : 0);
    children.left.push(-1 - index);
    children.right.push(-1 - leaves.length);
    leaves[index] = left;
    leaves.push(right);
    if (leaves.length < settings.leaves) examineChildren(bench, sample, leaf, left, right);
    else release(bench, leaf);
  }
  for (const leaf of leaves) release(bench, leaf);
  return {
    tree: { ...tree, ...children, leaf: leaves.map((leaf) => leafValue(leaf.totals, settings)) },
    goesLeft,
    leafRows: leaves.map((leaf) => [leaf.from, leaf.to] as const),
  };
}

const empty = { histogram: null, split: null };

function totalsOf({ rows, gradients, hessians }: Sample): Totals {
  let gradient = 0;
  let hessian = 0;
  for (const row of rows) {
    gradient += gradients[row]!;
    hessian += hessians[row]!;
  }
  return { gradient, hessian, rows: rows.length };
}

/** The value that lowers the loss most, to second order, times the learning rate; nine digits keep model files small. */
function leafValue({ gradient, hessian }: Totals, { l2, learningRate }: GrowthSettings): number {
  return Number(((-learningRate * gradient) / Math.max(hessian + l2, MIN_HESSIAN)).toPrecision(9));
}

function isSplittable(leaf: Leaf, { minLeafRows, leaves }: GrowthSettings): boolean {
  return leaves > 1 && leaf.totals.rows >= 2 * minLeafRows;
}

/** Count the smaller child from its rows; the larger is its parent less the smaller, where the parent's counts were kept. */
function examineChildren(bench: Workbench, sample: Sample, parent: Leaf, left: Leaf, right: Leaf): void {
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

function release({ pool }: Workbench, leaf: Leaf): void {
  if (leaf.histogram !== null) pool.give(leaf.histogram);
  leaf.histogram = null;
}

function indexOfLargestGain(leaves: readonly Leaf[]): number {
  let best = -1;
  let gain = 0;
  for (const [index, leaf] of leaves.entries()) {
    if (leaf.split !== null && leaf.split.gain > gain) {
      gain = leaf.split.gain;
      best = index;
    }
  }
  return best;
}
