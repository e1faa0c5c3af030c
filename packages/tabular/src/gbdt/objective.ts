import type { LabelledRows } from "@refit/core/runtime";
import type { Task } from "@refit/core/spec";
import { logisticLoss, logSumExp } from "../link.ts";

/** What the trees minimise. Scores are one array [rows] per output: one, or for multiclass one per class. */
export interface Objective {
  /** The best scores without any tree, one per output. */
  base(rows: LabelledRows): number[];
  /** Mean loss per unit of weight. */
  loss(rows: LabelledRows, scores: readonly Float64Array[]): number;
  /** How the kernels derive it, see `kernels/derive.ts`. */
  readonly kernel: 0 | 1 | 2;
}

export function objectiveOf(task: Task, classes: number): Objective {
  switch (task) {
    case "regression":
      return squaredError;
    case "binary":
      return logisticObjective;
    case "multiclass":
      return softmaxObjective(classes);
  }
}

/** A class that no row has still gets a finite score. */
const LEAST_SHARE = 1e-6;

/** Loss (s − y)² / 2. */
const squaredError: Objective = {
  kernel: 0,
  base: (rows) => [weightedMean(rows, (target) => target)],
  loss: (rows, [scores]) =>
    weightedMean(rows, (target, row) => (scores![row]! - target) * (scores![row]! - target)) / 2,
};

/** Loss −log p of what happened, with p = 1 / (1 + e^−s). */
const logisticObjective: Objective = {
  kernel: 1,
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
};

/** Loss −log p of the row's class. */
function softmaxObjective(classes: number): Objective {
  return {
    kernel: 2,
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
