import type { FeatureMatrix } from "@refit/core/runtime";
import { NO_THRESHOLD } from "./split-rule.ts";
import type { Tree } from "./tree.ts";

/** How many rows came to each split and each leaf of a tree. */
export interface Covers {
  readonly splits: Float64Array;
  readonly leaves: Float64Array;
}

/** O(rows × depth). */
export function countRows(tree: Tree, features: FeatureMatrix): Covers {
  const leaves = new Float64Array(tree.leaf.length);
  const goesLeft = routes(tree, features);
  for (let row = 0; row < features.rows; row++) {
    let node = rootOf(tree);
    while (node >= 0) node = goesLeft(node, row) ? tree.left[node]! : tree.right[node]!;
    leaves[-1 - node]!++;
  }
  const splits = new Float64Array(tree.column.length);
  // Children come after their parent.
  for (let split = splits.length - 1; split >= 0; split--) {
    splits[split] = rowsAt({ splits, leaves }, tree.left[split]!) + rowsAt({ splits, leaves }, tree.right[split]!);
  }
  return { splits, leaves };
}

export function rowsAt({ splits, leaves }: Covers, node: number): number {
  return node >= 0 ? splits[node]! : leaves[-1 - node]!;
}

/** The node that a walk begins with. */
export function rootOf({ column }: Tree): number {
  return column.length === 0 ? -1 : 0;
}

/** Share of the rows of a split that go left; a half each where none came. */
export function leftShare(tree: Tree, covers: Covers, split: number): number {
  const rows = covers.splits[split]!;
  return rows === 0 ? 0.5 : rowsAt(covers, tree.left[split]!) / rows;
}

/** [splits]: mean over the rows of a split of what their leaves add; a leaf's own value where none came. */
export function meanAt(tree: Tree, covers: Covers): (node: number) => number {
  const means = new Float64Array(tree.column.length);
  const of = (node: number): number => (node >= 0 ? means[node]! : tree.leaf[-1 - node]!);
  for (let split = means.length - 1; split >= 0; split--) {
    const left = leftShare(tree, covers, split);
    means[split] = left * of(tree.left[split]!) + (1 - left) * of(tree.right[split]!);
  }
  return of;
}

/** @returns whether a row goes left at a split. */
export function routes(tree: Tree, { columns }: FeatureMatrix): (split: number, row: number) => boolean {
  const codes = tree.rule.map((rule) => (typeof rule === "number" ? null : new Set(rule)));
  return (split, row) => {
    const column = columns[tree.column[split]!]!;
    if (column.kind === "categorical") return codes[split]!.has(column.codes[row]!);
    const value = column.values[row]!;
    if (Number.isNaN(value)) return tree.missingLeft[split] === 1;
    const limit = tree.rule[split] as number;
    return limit === NO_THRESHOLD || value <= limit;
  };
}
