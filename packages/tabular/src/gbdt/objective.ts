import type { LabelledRows } from "@refit/core/runtime";
import type { Task } from "@refit/core/spec";
import { logistic, logisticLoss, logSumExp } from "../link.ts";

/** What the trees minimise. Scores are one array [rows] per output: one, or for multiclass one per class. */
export interface Objective {
  /** The best scores without any tree, one per output. */
  base(rows: LabelledRows): number[];
  /** Mean loss per unit of weight. */
  loss(rows: LabelledRows, scores: readonly Float64Array[]): number;
  /** Called before the trees of a round, whose gradients all belong to the same scores. */
  beginRound(scores: readonly Float64Array[]): void;
  /**
   * Fill in the first and second derivative of each row's weighted loss by its score of `output`.
   *
   * @param scores [rows]: of this output.
   * @param pairs [2 × rows]: overwritten; the first derivative of row 0, its second, those of row 1, …
   */
  derive(rows: LabelledRows, output: number, scores: Float64Array, pairs: Float64Array): void;
}

/** @param rowCount rows that gradients are asked for. */
export function objectiveOf(task: Task, classes: number, rowCount: number): Objective {
  switch (task) {
    case "regression":
      return squaredError;
    case "binary":
      return logisticObjective;
    case "multiclass":
      return softmaxObjective(classes, rowCount);
  }
}

/** A class that no row has still gets a finite score. */
const LEAST_SHARE = 1e-6;

/** Loss (s − y)² / 2: gradient s − y, hessian 1. */
const squaredError: Objective = {
  base: (rows) => [weightedMean(rows, (target) => target)],
  loss: (rows, [scores]) =>
    weightedMean(rows, (target, row) => (scores![row]! - target) * (scores![row]! - target)) / 2,
  beginRound() {},
  derive({ target, weights }, _output, scores, pairs) {
    for (let row = 0; row < target.length; row++) {
      const weight = weights === undefined ? 1 : weights[row]!;
      pairs[2 * row] = weight * (scores[row]! - target[row]!);
      pairs[2 * row + 1] = weight;
    }
  },
};

/** Loss −log p of what happened, with p = 1 / (1 + e^−s): gradient p − y, hessian p (1 − p). */
const logisticObjective: Objective = {
  base(rows) {
    const share = Math.min(
      1 - LEAST_SHARE,
      Math.max(
        LEAST_SHARE,
        weightedMean(rows, (target) => target),
      ),
    );
    return [Math.log(share / (1 - share))];
  },
  loss: (rows, [scores]) => weightedMean(rows, (target, row) => logisticLoss(scores![row]!, target)),
  beginRound() {},
  derive({ target, weights }, _output, scores, pairs) {
    for (let row = 0; row < target.length; row++) {
      const weight = weights === undefined ? 1 : weights[row]!;
      const probability = logistic(scores[row]!);
      pairs[2 * row] = weight * (probability - target[row]!);
      pairs[2 * row + 1] = weight * probability * (1 - probability);
    }
  },
};

/** Loss −log p of the row's class: gradient p_k − [class is k], and the diagonal of the Hessian, p_k (1 − p_k). */
function softmaxObjective(classes: number, rowCount: number): Objective {
  // The scores change from tree to tree within a round; the normaliser of its beginning is all that must be kept.
  const normalisers = new Float64Array(rowCount);
  return {
    base: (rows) =>
      Array.from({ length: classes }, (_, k) =>
        Math.log(
          Math.max(
            LEAST_SHARE,
            weightedMean(rows, (target) => (target === k ? 1 : 0)),
          ),
        ),
      ),
    loss: (rows, scores) => weightedMean(rows, (target, row) => logSumExp(scores, row) - scores[target]![row]!),
    beginRound(scores) {
      for (let row = 0; row < rowCount; row++) normalisers[row] = logSumExp(scores, row);
    },
    derive({ target, weights }, output, scores, pairs) {
      for (let row = 0; row < rowCount; row++) {
        const weight = weights === undefined ? 1 : weights[row]!;
        const probability = Math.exp(scores[row]! - normalisers[row]!);
        pairs[2 * row] = weight * (probability - (target[row] === output ? 1 : 0));
        pairs[2 * row + 1] = weight * probability * (1 - probability);
      }
    },
  };
}

function weightedMean({ target, weights }: LabelledRows, of: (target: number, row: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < target.length; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    sum += weight * of(target[row]!, row);
    total += weight;
  }
  return sum / total;
}
