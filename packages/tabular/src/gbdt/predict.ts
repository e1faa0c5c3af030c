import type { FeatureMatrix } from "@refit/core/runtime";
import { applyLink } from "../link.ts";
import { checkFeatures, outputsOf } from "../model-header.ts";
import type { GbdtModel } from "./model-file.ts";
import { NO_THRESHOLD } from "./split-rule.ts";
import type { Tree } from "./tree.ts";

/** Rows that go through all trees together: few enough to stay in the processor's cache. */
const BLOCK_ROWS = 256;

/**
 * Predict with a checked model: per row the sum of one leaf per tree, then the task's link. Nothing but the answer is allocated, so that
 * one row takes microseconds.
 *
 * @returns a function whose answer has the layout of `Predictor.predict`.
 * @throws ArtifactInvalidError (the returned function) when the columns are not the model's.
 */
export function predictor(model: GbdtModel): (features: FeatureMatrix) => Float64Array {
  const width = model.features.length;
  const outputs = outputsOf(model);
  const forests = Array.from({ length: outputs }, (_, output) => plant(model.rounds.map((round) => round[output]!)));
  let block = new Float32Array(width);
  return (features) => {
    checkFeatures(features, model.features);
    const { rows } = features;
    const scores = Array.from({ length: outputs }, (_, output) => new Float64Array(rows).fill(model.base[output]!));
    const blockRows = Math.min(rows, BLOCK_ROWS);
    if (block.length < blockRows * width) block = new Float32Array(blockRows * width);
    for (let from = 0; from < rows; from += blockRows) {
      const to = Math.min(rows, from + blockRows);
      fillBlock(block, features, from, to);
      for (let output = 0; output < outputs; output++) {
        addForest(forests[output]!, { block, width, scores: scores[output]!, from, to });
      }
    }
    return applyLink(model.task, scores);
  };
}

/** Row by row, because a walk down a tree looks at many columns of one row. */
function fillBlock(block: Float32Array, { columns }: FeatureMatrix, from: number, to: number): void {
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index]!;
    const values = column.kind === "numeric" ? column.values : column.codes;
    for (let row = from, at = index; row < to; row++, at += columns.length) block[at] = values[row]!;
  }
}

/** All trees of one output, their splits and leaves one after the other. */
interface Forest {
  /** Per tree: its first split; where it has none, its leaf as in `splits`. */
  readonly roots: Int32Array;
  /**
   * [4 × splits]: limit, column, left child, right child, so that a step looks at one place of the memory. Of the column: times 4, plus 1
   * where missing values go left, plus 2 where it is categorical. A child c >= 0 is split c; c < 0 is leaf `-1 - c`.
   */
  readonly splits: Int32Array;
  /** The same bytes. Numeric: left up to this limit. Categorical: the whole number in its place says where its codes stand in `codesLeft`. */
  readonly limits: Float32Array;
  /** Per categorical split, 256 entries: 1 where a code goes left. */
  readonly codesLeft: Uint8Array;
  readonly leaf: Float64Array;
}

const MISSING_LEFT = 1;
const CATEGORICAL = 2;

function plant(trees: readonly Tree[]): Forest {
  const rules = trees.flatMap(({ rule }) => rule);
  const splits = new Int32Array(4 * rules.length);
  const limits = new Float32Array(splits.buffer);
  const codesLeft = new Uint8Array(256 * rules.filter((rule) => typeof rule !== "number").length);
  const firstSplits = ends(trees.map(({ column }) => column.length));
  const firstLeaves = ends(trees.map(({ leaf }) => leaf.length));
  let at = 0;
  let codes = 0;
  for (const [index, tree] of trees.entries()) {
    const childOf = (child: number): number => (child >= 0 ? firstSplits[index]! + child : child - firstLeaves[index]!);
    for (const [split, rule] of tree.rule.entries()) {
      const isNumeric = typeof rule === "number";
      const kind = isNumeric ? tree.missingLeft[split]! * MISSING_LEFT : CATEGORICAL;
      splits.set([codes, 4 * tree.column[split]! + kind, childOf(tree.left[split]!), childOf(tree.right[split]!)], at);
      if (isNumeric) limits[at] = rule === NO_THRESHOLD ? Infinity : floatAtMost(rule);
      else {
        for (const code of rule) codesLeft[codes + code] = 1;
        codes += 256;
      }
      at += 4;
    }
  }
  return {
    roots: Int32Array.from(trees, ({ column }, tree) =>
      column.length === 0 ? -1 - firstLeaves[tree]! : firstSplits[tree]!,
    ),
    splits,
    limits,
    codesLeft,
    leaf: Float64Array.from(trees.flatMap(({ leaf }) => leaf)),
  };
}

/** The largest number of 32 bits that is not above the limit: among such numbers, the same ones are up to it. */
function floatAtMost(limit: number): number {
  const near = Math.fround(limit);
  if (near <= limit) return near;
  if (near === 0) return -1.401298464324817e-45; // the limit is negative, and nothing lies between
  const bits = new Int32Array(Float32Array.of(near).buffer);
  bits[0]! += near > 0 ? -1 : 1;
  return new Float32Array(bits.buffer)[0]!;
}

/** What stands before each, when so many stand one after the other. */
function ends(lengths: readonly number[]): number[] {
  let sum = 0;
  return lengths.map((length) => (sum += length) - length);
}

interface BlockScores {
  /** [≥ rows of the block × width]: the values of a row stand together; categories as codes. */
  readonly block: Float32Array;
  readonly width: number;
  /** [all rows], of one output. */
  readonly scores: Float64Array;
  /** The rows of the block are `from` to `to` - 1. */
  readonly from: number;
  readonly to: number;
}

/** Add each row's leaf of each tree to its score, tree after tree. O(trees × rows × depth). */
function addForest(forest: Forest, { block, width, scores, from, to }: BlockScores): void {
  const { roots, splits, limits, codesLeft, leaf } = forest;
  for (let tree = 0; tree < roots.length; tree++) {
    const root = roots[tree]!;
    for (let row = from, at = 0; row < to; row++, at += width) {
      let node = root;
      while (node >= 0) {
        const split = 4 * node;
        const column = splits[split + 1]!;
        const value = block[at + (column >> 2)]!;
        let goesLeft = value <= limits[split]!;
        if ((column & CATEGORICAL) !== 0) goesLeft = codesLeft[splits[split]! + value] === 1;
        else if (Number.isNaN(value)) goesLeft = (column & MISSING_LEFT) !== 0;
        node = goesLeft ? splits[split + 2]! : splits[split + 3]!;
      }
      scores[row]! += leaf[-1 - node]!;
    }
  }
}
