import type { Quadrature } from "../explain/gauss-legendre.ts";
import { type Covers, leftShare, rootOf } from "./covers.ts";
import type { Tree } from "./tree.ts";

/** Most different columns between a tree's root and one of its leaves: the degree of what is integrated, plus one. */
export function mostColumns(tree: Tree): number {
  const onPath = new Map<number, number>();
  let most = 0;
  const visit = (node: number): void => {
    most = Math.max(most, onPath.size);
    if (node < 0) return;
    const column = tree.column[node]!;
    const times = onPath.get(column) ?? 0;
    onPath.set(column, times + 1);
    visit(tree.left[node]!);
    visit(tree.right[node]!);
    if (times === 0) onPath.delete(column);
    else onPath.set(column, times);
  };
  visit(rootOf(tree));
  return most;
}

/**
 * The exact Shapley values of the game in which, at a split by a column that is not known, the tree goes both ways by the shares of the
 * background rows (path-dependent TreeSHAP: Lundberg et al. 2020, "From local explanations to global understanding with explainable
 * AI for trees", algorithm 1).
 *
 * Their algorithm 2 takes sums of products apart, which loses digits on deep paths. Here each leaf is integrated over the chance t with
 * which a column is known (Owen 1972, "Multilinear extensions of games"): with o = 1 where the row goes the leaf's way at all
 * splits by the column, else 0, and z the product of the shares there, column i of a path gets
 *   value × (o_i − z_i) × ∫ Π over j ≠ i of (t o_j + (1 − t) z_j) dt,
 * a polynomial, which the quadrature integrates exactly; no factor is negative. O(leaves × columns of a path × points) for a row.
 *
 * @param quadrature of at least `mostColumns` / 2 points.
 * @returns a function that adds the values of one row to its contributions, [columns]. `goesLeft` tells of a split whether the row goes
 * left there.
 */
export function treeShap(
  tree: Tree,
  covers: Covers,
  { points, weights }: Quadrature,
): (goesLeft: (split: number) => boolean, into: Float64Array) => void {
  const { column: columnAt, left, right, leaf } = tree;
  const shares = Float64Array.from(columnAt, (_, split) => leftShare(tree, covers, split));
  const width = columnAt.reduce((most, column) => Math.max(most, column + 1), 0);
  // By column of the matrix, of the path to the present node: o and z. Where both are 1, the column says nothing.
  const known = new Float64Array(width).fill(1);
  const unknown = new Float64Array(width).fill(1);
  const path: number[] = [];
  const count = points.length;
  // [depths × points]: the product over all columns of the path; the weights of the points are in it.
  const products: Float64Array[] = [weights];

  return (goesLeft, into) => {
    const visit = (node: number, depth: number): void => {
      if (node < 0) return addLeaf(leaf[-1 - node]!, products[depth]!, into);
      const isLeft = goesLeft(node);
      descend(columnAt[node]!, left[node]!, { share: shares[node]!, isTaken: isLeft, depth });
      descend(columnAt[node]!, right[node]!, { share: 1 - shares[node]!, isTaken: !isLeft, depth });
    };
    const descend = (column: number, child: number, { share, isTaken, depth }: Descent): void => {
      const o = known[column]!;
      const z = unknown[column]!;
      const nextO = isTaken ? o : 0;
      const nextZ = z * share;
      // Neither this row nor a background row comes here.
      if (nextO === 0 && nextZ === 0) return;
      const before = products[depth]!;
      const after = (products[depth + 1] ??= new Float64Array(count));
      for (let q = 0; q < count; q++) {
        const t = points[q]!;
        after[q] = (before[q]! / (t * o + (1 - t) * z)) * (t * nextO + (1 - t) * nextZ);
      }
      const isNew = o === 1 && z === 1 && (nextO !== 1 || nextZ !== 1);
      if (isNew) path.push(column);
      known[column] = nextO;
      unknown[column] = nextZ;
      visit(child, depth + 1);
      known[column] = o;
      unknown[column] = z;
      if (isNew) path.pop();
    };
    visit(rootOf(tree), 0);
  };

  function addLeaf(value: number, product: Float64Array, into: Float64Array): void {
    for (let place = 0; place < path.length; place++) {
      const column = path[place]!;
      const o = known[column]!;
      const z = unknown[column]!;
      if (o === z) continue;
      let integral = 0;
      for (let q = 0; q < count; q++) integral += product[q]! / (points[q]! * o + (1 - points[q]!) * z);
      into[column]! += value * (o - z) * integral;
    }
  }
}

/** A step down from a split. */
interface Descent {
  /** Of the background rows. */
  readonly share: number;
  /** The row that is explained goes this way. */
  readonly isTaken: boolean;
  readonly depth: number;
}
