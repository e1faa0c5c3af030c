import { freedomBelow, freedomOfRoot } from "./constraints.ts";
import { examineChildren, examineRoot, type Leaf, newLeaf, release } from "./leaf.ts";
import { boundedValue, shortened } from "./leaf-value.ts";
import { MIN_HESSIAN, minus } from "./split.ts";
import { routeBins, storedRule } from "./split-rule.ts";
import type { Tree } from "./tree.ts";
import { writeUnits } from "./units.ts";
import type { Workbench } from "./workbench.ts";

/** What one tree is grown on. */
export interface TreeRows {
  /** Drawn rows; unless all are, their numbers stand at the beginning of `TreeRoom.order`, ascending. */
  readonly rows: number;
  /** [drawn columns]: columns that may be split on, ascending. */
  readonly columns: Uint32Array;
}

/** A new tree, which also stays on the workbench until the next one is grown. */
export interface GrownTree {
  readonly tree: Tree;
  /** Per leaf, its stretch of `TreeRoom.order`: from (inclusive), to (exclusive). */
  readonly leafRows: readonly (readonly [from: number, to: number])[];
}

/**
 * Grow one tree on the gradients of `bench.pairs`, leaf-wise (Shi 2007): always divide the leaf whose best split gains
 * most; of equal ones the oldest.
 */
export function growTree(bench: Workbench, drawn: TreeRows): GrownTree {
  const { columns, settings, kernels, constraints } = bench;
  kernels.begin(drawn.rows, writeUnits(drawn.columns, bench.tree.units, bench.team));
  const leaves = [examineRoot(bench, drawn.rows, freedomOfRoot(constraints, drawn.columns))];
  const tree = { column: [] as number[], rule: [] as Tree["rule"][number][], missingLeft: [] as number[] };
  const children = { left: [] as number[], right: [] as number[] };
  while (leaves.length < settings.leaves) {
    const index = indexOfLargestGain(leaves);
    if (index === -1) break;
    const leaf = leaves[index]!;
    const { column, rule, left: leftTotals } = leaf.split!;
    const split = tree.column.length;
    if (leaf.parent !== null) children[leaf.parent.side][leaf.parent.split] = split;

    routeBins(rule, bench.tree.routes.subarray(256 * split, 256 * (split + 1)));
    kernels.divide(leaf.from, leaf.to, column, split);
    const middle = leaf.from + leftTotals.rows;
    const rightTotals = minus(leaf.totals, leftTotals);
    const sides = { column, left: leftTotals, right: rightTotals };
    const [below, above] = freedomBelow(constraints, settings, leaf.freedom, sides);
    const left = newLeaf([leaf.from, middle], leftTotals, below, { split, side: "left" });
    const right = newLeaf([middle, leaf.to], rightTotals, above, { split, side: "right" });

    tree.column.push(column);
    tree.rule.push(storedRule(rule, columns[column]!));
    tree.missingLeft.push(rule.kind === "numeric" && rule.missingLeft ? 1 : 0);
    children.left.push(-1 - index);
    children.right.push(-1 - leaves.length);
    leaves[index] = left;
    leaves.push(right);
    if (leaves.length < settings.leaves) examineChildren(bench, leaf, [left, right]);
    else release(bench, leaf);
  }
  for (const leaf of leaves) release(bench, leaf);
  return {
    tree: { ...tree, ...children, leaf: leaves.map((leaf) => leafValue(leaf, bench)) },
    leafRows: leaves.map((leaf) => [leaf.from, leaf.to] as const),
  };
}

/** Add the tree that was grown last to the scores of an output. O(training rows + validation rows × depth). */
export function addTree(bench: Workbench, { tree, leafRows }: GrownTree, output: number): void {
  const room = bench.tree;
  for (let split = 0; split < tree.column.length; split++) {
    room.splits.set([tree.column[split]!, tree.left[split]!, tree.right[split]!], 4 * split);
  }
  for (const [leaf, bounds] of leafRows.entries()) room.leafRows.set(bounds, 2 * leaf);
  room.leafValues.set(tree.leaf);
  bench.kernels.addTree(output, tree.column.length, tree.leaf.length);
}

/** −learningRate × G / (H + λ): the value that lowers the loss most, to second order (Chen & Guestrin 2016, equation 5). */
function leafValue({ totals, freedom }: Leaf, { settings, isBounded }: Workbench): number {
  const { l2, learningRate } = settings;
  if (isBounded) return shortened(learningRate * boundedValue(totals, settings, freedom.bounds));
  return shortened((-learningRate * totals.gradient) / Math.max(totals.hessian + l2, MIN_HESSIAN));
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
