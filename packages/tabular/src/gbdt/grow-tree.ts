import {
  examineChildren,
  examineRoot,
  type GrowthSettings,
  type Leaf,
  release,
  type TreeRows,
  type Workbench,
} from "./leaf.ts";
import { MIN_HESSIAN, minus, type Totals } from "./split.ts";
import { partitionRows, routeBins, storedRule } from "./split-rows.ts";
import type { Tree } from "./tree.ts";

/** A new tree, and how it treats binned rows. */
export interface GrownTree {
  readonly tree: Tree;
  /** Per split, by bin: 1 where it goes left. */
  readonly goesLeft: readonly Uint8Array[];
  /** Per leaf, its stretch of `TreeRows.rows`: from (inclusive), to (exclusive). */
  readonly leafRows: readonly (readonly [from: number, to: number])[];
}

/** Grow one tree leaf-wise (Shi 2007): always divide the leaf whose best split gains most; of equal ones the oldest. */
export function growTree(bench: Workbench, drawn: TreeRows): GrownTree {
  const { columns, settings } = bench;
  const root: Leaf = { ...empty, from: 0, to: drawn.rows.length, totals: totalsOf(drawn), parent: null };
  examineRoot(bench, drawn, root);

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
    const rows = drawn.rows.subarray(leaf.from, leaf.to);
    const middle = leaf.from + partitionRows(rows, binned.bins, route, bench.scratch);
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
    if (leaves.length < settings.leaves) examineChildren(bench, drawn, leaf, [left, right]);
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

function totalsOf({ rows, gradients, hessians }: TreeRows): Totals {
  let gradient = 0;
  let hessian = 0;
  for (const row of rows) {
    gradient += gradients[row]!;
    hessian += hessians[row]!;
  }
  return { gradient, hessian, rows: rows.length };
}

/**
 * −learningRate × G / (H + λ): the value that lowers the loss most, to second order (Chen & Guestrin 2016, equation 5).
 * Nine digits keep model files small.
 */
function leafValue({ gradient, hessian }: Totals, { l2, learningRate }: GrowthSettings): number {
  return Number(((-learningRate * gradient) / Math.max(hessian + l2, MIN_HESSIAN)).toPrecision(9));
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
