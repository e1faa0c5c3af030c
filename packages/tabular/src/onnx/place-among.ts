import type { Graph, GraphValue } from "./graph.ts";
import { addTrees, type PlainTree } from "./tree-ensemble.ts";
import { INT64 } from "./proto.ts";

/**
 * How many of the steps are at most x, by halving: the runtime walks down one tree.
 *
 * @param x [N, 1]. @param steps ascending. @returns [N, 1], whole numbers.
 */
export function placeAmong(g: Graph, x: GraphValue, steps: readonly number[]): GraphValue {
  const column: number[] = [];
  const [left, right]: [number[], number[]] = [[], []];
  const rule: { readonly below: number }[] = [];
  // The split of steps[from … to - 1], numbered before those below it.
  const grow = (from: number, to: number): number => {
    if (from === to) return -1 - from;
    const split = column.push(0) - 1;
    const middle = (from + to) >> 1;
    rule.push({ below: steps[middle]! });
    left.push(0);
    right.push(0);
    left[split] = grow(from, middle);
    right[split] = grow(middle + 1, to);
    return split;
  };
  grow(0, steps.length);
  const missingLeft = column.map(() => 0);
  const leaf = Array.from({ length: steps.length + 1 }, (_, place) => place);
  const tree: PlainTree = { column, rule, missingLeft, left, right, leaf };
  return g.cast(addTrees(g, x, 1, [{ tree, output: 0 }]), INT64);
}
