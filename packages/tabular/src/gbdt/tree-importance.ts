import type { ArtifactFiles, FeatureMatrix } from "@refit/core/runtime";
import { checkFeatures } from "../model-header.ts";
import { type Covers, countRows, meanAt, rowsAt } from "./covers.ts";
import { readGbdt } from "./model-file.ts";
import type { Tree } from "./tree.ts";

/** What the trees of a model make of one column. */
export interface ColumnImportance {
  readonly name: string;
  /** Splits by the column, in all trees. */
  readonly splits: number;
  /** How far these splits part the rows: sum of squared moves of the score, over rows and splits. 0: the column changes no answer. */
  readonly gain: number;
}

/**
 * How often trees split by each column, and what these splits gain on some rows, such as some of the training rows: rows × squared
 * mean of what they get, of both children, less that of the node. For squared errors without `l2` that is what the split lowered the
 * error by (Breiman et al. 1984, section 5.3.4); it needs no labels and depends on no loss. Of several classes, the sum over all.
 *
 * O(trees × rows × depth).
 *
 * @returns in the order of the model's columns.
 * @throws ArtifactInvalidError for a model that cannot be read, or rows of other columns.
 */
export function treeImportance(files: ArtifactFiles, rows: FeatureMatrix): ColumnImportance[] {
  const model = readGbdt(files);
  checkFeatures(rows, model.features);
  const splits = new Float64Array(model.features.length);
  const gains = new Float64Array(model.features.length);
  for (const tree of model.rounds.flat()) {
    const gainOf = gainAt(tree, countRows(tree, rows));
    for (const [split, column] of tree.column.entries()) {
      splits[column]!++;
      gains[column]! += gainOf(split);
    }
  }
  return model.features.map(({ name }, i) => ({ name, splits: splits[i]!, gain: gains[i]! }));
}

function gainAt(tree: Tree, covers: Covers): (split: number) => number {
  const mean = meanAt(tree, covers);
  return (split) => {
    const [left, right] = [tree.left[split]!, tree.right[split]!];
    const [ofLeft, ofRight] = [rowsAt(covers, left), rowsAt(covers, right)];
    if (ofLeft === 0 || ofRight === 0) return 0;
    // The same as the difference of squares, without its cancellation.
    const apart = mean(left) - mean(right);
    return ((ofLeft * ofRight) / (ofLeft + ofRight)) * apart * apart;
  };
}
