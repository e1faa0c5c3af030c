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
  const splits = Int32Array.from(trees, ({ column }) => column.length);
  const columns = Int32Array.from(all((tree) => tree.column));
  const kinds = Uint8Array.from(all(kindsOf));
  const limits = Float64Array.from(all((tree) => tree.rule.map(limitOf)));
  const left = Int32Array.from(all((tree) => tree.left));
  const right = Int32Array.from(all((tree) => tree.right));
  const leaf = Float64Array.from(all((tree) => tree.leaf));
  const ofRow = new Float32Array(known.length);

  return (features, scores) => {
    for (let row = 0; row < features.rows; row++) {
      readRow(ofRow, features, row);
      let first = 0;
      for (let tree = 0; tree < splits.length; tree++) {
        const count = splits[tree]!;
        let node = count > 0 ? 0 : -1;
        while (node >= 0) {
          const at = first + node;
          const value = ofRow[columns[at]!]!;
          const kind = kinds[at]!;
          const limit = limits[at]!;
          const isLeft =
            kind === CODES ? listed[limit]![value] === 1 : value <= limit || (kind === 1 && Number.isNaN(value));
          node = (isLeft ? left : right)[at]!;
        }
        // A tree has one leaf more than splits.
        scores[tree % base.length]![row]! += leaf[first + tree - 1 - node]!;
        first += count;
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
