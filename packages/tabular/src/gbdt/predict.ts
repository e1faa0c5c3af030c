import type { FeatureMatrix } from "@refit/core/runtime";
import { applyLink } from "../link.ts";
import { checkFeatures } from "../model-header.ts";
import type { GbdtModel } from "./model-file.ts";
import { NO_THRESHOLD } from "./split-rule.ts";
import type { Tree } from "./tree.ts";

/** Fewer rows are walked here: carrying the trees to a kernel would take longer. */
const FEW_ROWS = 16;

/** Adds each row's leaf of each tree to its score, one array [rows] per output. */
export type AddRows = (features: FeatureMatrix, scores: readonly Float64Array[]) => void;

/**
 * Predict with a checked model: per row the sum of one leaf per tree, in the order of the trees, then the task's link. Nothing but the
 * answer is allocated, so that one row takes microseconds; many rows go another way where there is one, with the same answers to the
 * last bit.
 *
 * @param inBatches of the model's trees; left out: every row is walked here.
 * @returns a function whose answer has the layout of `Predictor.predict`.
 * @throws ArtifactInvalidError (the returned function) when the columns are not the model's.
 */
export function predictor(
  model: GbdtModel,
  inBatches?: (rounds: GbdtModel["rounds"], outputs: number) => AddRows,
): (features: FeatureMatrix) => Float64Array {
  const { base, rounds, features: known, task } = model;
  const addFew = rowByRow(model);
  const addMany = inBatches?.(rounds, base.length) ?? addFew;
  return (features) => {
    checkFeatures(features, known);
    const scores = base.map((score) => new Float64Array(features.rows).fill(score));
    (features.rows < FEW_ROWS ? addFew : addMany)(features, scores);
    return applyLink(task, scores);
  };
}

/** Beside 0 and 1, which say whether missing values go left: the limit is a place among the lists of codes. */
const CODES = 2;

/**
 * The splits of all trees one after the other, as in the model file, in arrays of one type each.
 *
 * @returns a function that takes O(trees × rows × depth).
 */
function rowByRow({ rounds, base, features: known }: GbdtModel): AddRows {
  const trees = rounds.flat();
  const listed: Uint8Array[] = [];
  const limitOf = (rule: Tree["rule"][number]): number => {
    if (typeof rule === "number") return rule === NO_THRESHOLD ? Infinity : rule;
    const isLeft = new Uint8Array(256);
    for (const code of rule) isLeft[code] = 1;
    return listed.push(isLeft) - 1;
  };
  const kindsOf = ({ rule, missingLeft }: Tree) =>
    missingLeft.map((isLeft, split) => (typeof rule[split] === "number" ? isLeft : CODES));
  const all = (ofTree: (tree: Tree) => readonly number[]) => trees.flatMap(ofTree);
  const columns = Int32Array.from(all((tree) => tree.column));
  const kinds = Uint8Array.from(all(kindsOf));
  const limits = Float64Array.from(all((tree) => tree.rule.map(limitOf)));
  // Of all trees together: a tree has one leaf more than splits, and -1 - child is the place of a leaf.
  const placed = (childrenOf: (tree: Tree) => readonly number[]) => {
    let first = 0;
    return Int32Array.from(
      trees.flatMap((tree, index) => {
        const places = childrenOf(tree).map((child) => (child < 0 ? child - first - index : child + first));
        first += tree.column.length;
        return places;
      }),
    );
  };
  const roots = placed(({ column }) => [column.length > 0 ? 0 : -1]);
  // Side by side, since a walk goes to one of the two.
  const children = placed(({ left, right }) => left.flatMap((child, split) => [right[split]!, child]));
  const leaf = Float64Array.from(all((tree) => tree.leaf));
  const ofRow = new Float32Array(known.length);

  return (features, scores) => {
    for (let row = 0; row < features.rows; row++) {
      readRow(ofRow, features, row);
      for (let output = 0; output < base.length; output++) {
        let score = scores[output]![row]!;
        for (let tree = output; tree < roots.length; tree += base.length) {
          let node = roots[tree]!;
          while (node >= 0) {
            const value = ofRow[columns[node]!]!;
            const kind = kinds[node]!;
            const limit = limits[node]!;
            const isLeft =
              kind === CODES ? listed[limit]![value] === 1 : value <= limit || (kind === 1 && Number.isNaN(value));
            node = isLeft ? children[2 * node + 1]! : children[2 * node]!;
          }
          score += leaf[-1 - node]!;
        }
        scores[output]![row] = score;
      }
    }
  };
}

/** Categories as codes. */
function readRow(into: Float32Array, { columns }: FeatureMatrix, row: number): void {
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index]!;
    into[index] = (column.kind === "numeric" ? column.values : column.codes)[row]!;
  }
}
