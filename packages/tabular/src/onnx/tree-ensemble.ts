import type { Tree } from "../gbdt/tree.ts";
import { NO_THRESHOLD } from "../gbdt/split-rule.ts";
import type { Graph, GraphValue } from "./graph.ts";
import { type Attribute, ML } from "./proto.ts";

/** A tree of ours; or one with `below`: numbers that are less go left. */
export interface PlainTree extends Omit<Tree, "rule"> {
  readonly rule: readonly (Tree["rule"][number] | { readonly below: number })[];
}

/** A tree and the output that its leaves are added to. */
export interface PlacedTree {
  readonly tree: PlainTree;
  readonly output: number;
}

/** How a node compares, as ai.onnx.ml numbers it. */
const AT_MOST = 0;
const BELOW = 1;
const MEMBER = 6;

/** Arrays of the operator, all trees one after the other. */
interface Arrays {
  readonly roots: number[];
  readonly columns: number[];
  readonly modes: number[];
  readonly splits: number[];
  /** Codes that go left, each node's list ended by NaN. */
  readonly members: number[];
  readonly missing: number[];
  /** Where the two sides lead, and 1 where that is a leaf. */
  readonly left: number[];
  readonly leftIsLeaf: number[];
  readonly right: number[];
  readonly rightIsLeaf: number[];
  readonly outputs: number[];
  readonly leaves: number[];
}

/**
 * Each row's leaves, added up in the order of the trees.
 *
 * @param rows [N, columns]; NaN is missing, categories are codes. @returns [N, outputs].
 */
export function addTrees(g: Graph, rows: GraphValue, outputs: number, trees: readonly PlacedTree[]): GraphValue {
  const all: Arrays = {
    roots: [],
    columns: [],
    modes: [],
    splits: [],
    members: [],
    missing: [],
    left: [],
    leftIsLeaf: [],
    right: [],
    rightIsLeaf: [],
    outputs: [],
    leaves: [],
  };
  for (const tree of trees) append(all, tree);
  return g.apply("TreeEnsemble", [rows], attributesOf(all, outputs), ML);
}

function append(all: Arrays, { tree, output }: PlacedTree): void {
  const [root, firstLeaf] = [all.columns.length, all.leaves.length];
  all.roots.push(root);
  for (const value of tree.leaf) {
    all.leaves.push(value);
    all.outputs.push(output);
  }
  const isStump = tree.column.length === 0;
  const { column, rule, missingLeft, left, right } = isStump ? STUMP : tree;
  const place = (child: number) => (child >= 0 ? root + child : firstLeaf - 1 - child);
  for (const [split, each] of rule.entries()) {
    appendRule(all, each);
    all.columns.push(column[split]!);
    all.missing.push(missingLeft[split]!);
    all.left.push(place(left[split]!));
    all.leftIsLeaf.push(Number(left[split]! < 0));
    all.right.push(place(right[split]!));
    all.rightIsLeaf.push(Number(right[split]! < 0));
  }
}

/** A tree of one leaf needs a node, both sides of which lead to that leaf. */
const STUMP: Omit<PlainTree, "leaf"> = { column: [0], rule: [0], missingLeft: [0], left: [-1], right: [-1] };

function appendRule({ modes, splits, members }: Arrays, rule: PlainTree["rule"][number]): void {
  if (typeof rule === "number") {
    modes.push(AT_MOST);
    splits.push(rule === NO_THRESHOLD ? Infinity : rule);
  } else if ("below" in rule) {
    modes.push(BELOW);
    splits.push(rule.below);
  } else if (rule.length === 0) {
    // No code is that low.
    modes.push(AT_MOST);
    splits.push(-1);
  } else {
    modes.push(MEMBER);
    splits.push(0);
    members.push(...rule, NaN);
  }
}

function attributesOf(all: Arrays, outputs: number): Record<string, Attribute> {
  const doubles = (values: readonly number[]) => ({ dims: [values.length], values: Float64Array.from(values) });
  return {
    n_targets: outputs,
    aggregate_function: 1,
    post_transform: 0,
    tree_roots: { ints: all.roots },
    nodes_featureids: { ints: all.columns },
    nodes_modes: { dims: [all.modes.length], values: Uint8Array.from(all.modes) },
    nodes_splits: doubles(all.splits),
    ...(all.members.length > 0 && { membership_values: doubles(all.members) }),
    nodes_missing_value_tracks_true: { ints: all.missing },
    nodes_truenodeids: { ints: all.left },
    nodes_trueleafs: { ints: all.leftIsLeaf },
    nodes_falsenodeids: { ints: all.right },
    nodes_falseleafs: { ints: all.rightIsLeaf },
    leaf_targetids: { ints: all.outputs },
    leaf_weights: doubles(all.leaves),
  };
}
