import type { FeatureMatrix } from "@refit/core/runtime";
import { applyLink } from "../link.ts";
import { checkFeatures, outputsOf } from "../model-header.ts";
import type { GbdtModel } from "./model-file.ts";
import { NO_THRESHOLD } from "./split-rule.ts";
import type { Tree } from "./tree.ts";

/** Rows that go through all trees together: few enough to stay in the processor's cache. */
const BLOCK_ROWS = 256;

/**
 * Predict with a checked model: per row the sum of one leaf per tree, then the task's link.
 *
 * @returns a function whose answer has the layout of `Predictor.predict`.
 * @throws ArtifactInvalidError (the returned function) when the columns are not the model's.
 */
export function predictor(model: GbdtModel): (features: FeatureMatrix) => Float64Array {
  const width = model.features.length;
  const rounds = model.rounds.map((round) => round.map(compile));
  return (features) => {
    checkFeatures(features, model.features);
    const { rows } = features;
    const scores = Array.from({ length: outputsOf(model) }, (_, k) => new Float64Array(rows).fill(model.base[k]!));
    const block = new Float32Array(BLOCK_ROWS * width);
    for (let from = 0; from < rows; from += BLOCK_ROWS) {
      const to = Math.min(rows, from + BLOCK_ROWS);
      fillBlock(block, features, from, to);
      const ofBlock = scores.map((ofOutput) => ofOutput.subarray(from, to));
      for (const round of rounds) {
        for (const [output, tree] of round.entries()) addTree(tree, block, width, ofBlock[output]!);
      }
    }
    return applyLink(model.task, scores);
  };
}

/** Row by row, because a walk down a tree looks at many columns of one row. */
function fillBlock(block: Float32Array, { columns }: FeatureMatrix, from: number, to: number): void {
  for (const [index, column] of columns.entries()) {
    const values = column.kind === "numeric" ? column.values : column.codes;
    for (let row = from, at = index; row < to; row++, at += columns.length) block[at] = values[row]!;
  }
}

interface CompiledTree {
  readonly column: Int32Array;
  /** NaN: a categorical split. */
  readonly threshold: Float64Array;
  readonly missingLeft: Uint8Array;
  /** Per split, 256 entries: 1 where a code goes left. Empty for numeric splits. */
  readonly codesLeft: readonly Uint8Array[];
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly leaf: Float64Array;
}

const noCodes = new Uint8Array(0);

function compile(tree: Tree): CompiledTree {
  return {
    column: Int32Array.from(tree.column),
    threshold: Float64Array.from(tree.rule, (rule) => {
      if (typeof rule !== "number") return NaN;
      return rule === NO_THRESHOLD ? Infinity : rule;
    }),
    missingLeft: Uint8Array.from(tree.missingLeft),
    codesLeft: tree.rule.map((rule) => {
      if (typeof rule === "number") return noCodes;
      const goesLeft = new Uint8Array(256);
      for (const code of rule) goesLeft[code] = 1;
      return goesLeft;
    }),
    left: Int32Array.from(tree.left),
    right: Int32Array.from(tree.right),
    leaf: Float64Array.from(tree.leaf),
  };
}

/**
 * Add each row's leaf of one tree to its score. O(rows × depth).
 *
 * @param block [≥ rows × width]: the values of a row stand together; categories as codes.
 * @param scores [rows of the block].
 */
function addTree(tree: CompiledTree, block: Float32Array, width: number, scores: Float64Array): void {
  const { column, threshold, missingLeft, codesLeft, left, right, leaf } = tree;
  const root = column.length === 0 ? -1 : 0;
  for (let row = 0, at = 0; row < scores.length; row++, at += width) {
    let node = root;
    while (node >= 0) {
      const value = block[at + column[node]!]!;
      const limit = threshold[node]!;
      let goesLeft = value <= limit;
      if (Number.isNaN(limit)) goesLeft = codesLeft[node]![value] === 1;
      else if (Number.isNaN(value)) goesLeft = missingLeft[node] === 1;
      node = goesLeft ? left[node]! : right[node]!;
    }
    scores[row]! += leaf[-1 - node]!;
  }
}
