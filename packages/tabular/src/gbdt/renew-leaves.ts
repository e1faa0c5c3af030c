import { within, shortened } from "./leaf-value.ts";
import type { GrownTree } from "./grow-tree.ts";
import type { Objective } from "./objective.ts";
import type { Tree } from "./tree.ts";
import type { Workbench } from "./workbench.ts";

/**
 * Give each leaf what its drawn rows have left of their target, by the objective's own measure: with gradients of one size, as pinball loss
 * has them, the second derivative does not say how far to go. The penalties of the settings only shape the tree.
 *
 * O(drawn rows).
 */
export function renewLeaves(bench: Workbench, grown: GrownTree, { renewal, kernel, shape = 0 }: Objective): GrownTree {
  if (renewal === undefined) return grown;
  const { kernels, tree: room, settings, constraints } = bench;
  for (const [leaf, bounds] of grown.leafRows.entries()) room.leafRows.set(bounds, 2 * leaf);
  kernels.renew(grown.leafRows.length, renewal, kernel === 3 ? shape : 0);
  const values = [...room.leafValues.subarray(0, grown.leafRows.length)];
  const ordered = inOrder(grown.tree, values, constraints.directions);
  return { ...grown, tree: { ...grown.tree, leaf: ordered.map((value) => shortened(settings.learningRate * value)) } };
}

/**
 * Below a split by a column that has a direction, no leaf of the lower side may lie above one of the upper: where some do, both sides are cut
 * off in the middle between. A cut keeps the order that splits above have made, since it moves no value beyond another.
 *
 * O(leaves × depth) for a balanced tree.
 */
function inOrder(tree: Tree, values: number[], directions: Int8Array): number[] {
  for (const [split, column] of tree.column.entries()) {
    const direction = directions[column]!;
    if (direction === 0) continue;
    const [left, right] = [leavesBelow(tree, tree.left[split]!), leavesBelow(tree, tree.right[split]!)];
    const [lower, upper] = direction > 0 ? [left, right] : [right, left];
    const most = Math.max(...lower.map((leaf) => values[leaf]!));
    const least = Math.min(...upper.map((leaf) => values[leaf]!));
    if (most <= least) continue;
    const middle = (most + least) / 2;
    for (const leaf of lower) values[leaf] = within(values[leaf]!, { lower: -Infinity, upper: middle });
    for (const leaf of upper) values[leaf] = within(values[leaf]!, { lower: middle, upper: Infinity });
  }
  return values;
}

/** @param child as in `Tree`. */
function leavesBelow(tree: Tree, child: number): number[] {
  if (child < 0) return [-1 - child];
  return [...leavesBelow(tree, tree.left[child]!), ...leavesBelow(tree, tree.right[child]!)];
}
