import type { FeatureMatrix } from "@refit/core/runtime";
import { applyLink } from "../link.ts";
import { checkFeatures, outputsOf } from "../model-header.ts";
import { CATEGORICAL, type Forest, MISSING_LEFT, NODE_BYTES, plant } from "./forest.ts";
import type { GbdtModel } from "./model-file.ts";

/** Fewer rows are walked here: carrying the trees to a kernel would take longer. */
const FEW_ROWS = 16;

/** Adds each row's leaf of each tree to its score, one array [rows] per output. */
export type AddBatch = (forest: Forest, features: FeatureMatrix, scores: readonly Float64Array[]) => void;

/**
 * Predict with a checked model: per row the sum of one leaf per tree, in the order of the trees, then the task's link. Nothing but the
 * answer is allocated, so that one row takes microseconds; many rows go through `addBatch`, with the same answers to the last bit.
 *
 * @param addBatch absent: every row is walked here.
 * @returns a function whose answer has the layout of `Predictor.predict`.
 * @throws ArtifactInvalidError (the returned function) when the columns are not the model's.
 */
export function predictor(model: GbdtModel, addBatch?: AddBatch): (features: FeatureMatrix) => Float64Array {
  const outputs = outputsOf(model);
  const forest = plant(model.rounds, outputs);
  const addRows = rowByRow(forest, model.features.length);
  return (features) => {
    checkFeatures(features, model.features);
    const scores = Array.from({ length: outputs }, (_, output) =>
      new Float64Array(features.rows).fill(model.base[output]!),
    );
    if (addBatch === undefined || features.rows < FEW_ROWS) addRows(features, scores);
    else addBatch(forest, features, scores);
    return applyLink(model.task, scores);
  };
}

/** @returns a function that adds each row's leaf of each tree to its score. O(trees × rows × depth). */
function rowByRow(forest: Forest, width: number): (features: FeatureMatrix, scores: readonly Float64Array[]) => void {
  const { bytes, outputs, rounds, nodes, firstValue, firstTree } = forest;
  const words = new Int32Array(bytes, 0, (NODE_BYTES / 4) * nodes);
  const limits = new Float32Array(bytes, 0, (NODE_BYTES / 4) * nodes);
  const values = new Float64Array(bytes, firstValue, nodes);
  const trees = new Int32Array(bytes, firstTree, 2 * outputs * rounds);
  const codes = new Uint8Array(bytes);
  const ofRow = new Float32Array(width);

  return (features, scores) => {
    for (let row = 0; row < features.rows; row++) {
      readRow(ofRow, features, row);
      for (let output = 0; output < outputs; output++) {
        const end = 2 * rounds * (output + 1);
        let score = scores[output]![row]!;
        for (let tree = end - 2 * rounds; tree < end; tree += 2) {
          const leaves = trees[tree + 1]!;
          let node = trees[tree]!;
          while (node < leaves) {
            const at = node >> 2;
            const column = words[at + 1]!;
            const value = ofRow[column >> 2]!;
            let isLeft = value <= limits[at]!;
            if ((column & CATEGORICAL) !== 0) isLeft = codes[words[at]! + value] === 1;
            else if (Number.isNaN(value)) isLeft = (column & MISSING_LEFT) !== 0;
            node = isLeft ? words[at + 2]! : words[at + 3]!;
          }
          score += values[node >> 4]!;
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
    into[index] = column.kind === "numeric" ? column.values[row]! : column.codes[row]!;
  }
}
