import type { LabelledRows } from "@refit/core/runtime";
import type { Task } from "@refit/core/spec";
import { logisticLoss, logSumExp } from "../link.ts";
import type { ObjectiveSettings } from "./settings.ts";
import { weightedQuantile } from "./weighted-quantile.ts";

/** What the trees minimise. Scores are one array [rows] per output: one, or for multiclass one per class. */
export interface Objective {
  /** The best scores without any tree, one per output. */
  base(rows: LabelledRows): number[];
  /** Mean loss per unit of weight. */
  loss(rows: LabelledRows, scores: readonly Float64Array[]): number;
  /** How the kernels derive it, and what it is shaped by there: see `kernels/derive.ts`. */
  readonly kernel: 0 | 1 | 2 | 3 | 4 | 5;
  readonly shape?: number;
  /** Its second derivative does not say how far to go: leaves get this quantile of what is left of the target. */
  readonly renewal?: number;
  /** The score is this of the prediction; left out: what the task's link says. */
  readonly link?: "log";
}

export function objectiveOf(task: Task, classes: number, settings: ObjectiveSettings = {}): Objective {
  switch (task) {
    case "regression":
      return regressionObjective(settings);
    case "binary":
      return logisticObjective;
    case "multiclass":
      return softmaxObjective(classes);
  }
}

/** Needed settings are there: the check of `model.yaml` asks for them. */
function regressionObjective({ objective = "squared", delta = 1, quantile = 0.5 }: ObjectiveSettings): Objective {
  switch (objective) {
    case "squared":
      return squaredError;
    case "huber":
      return huberLoss(delta);
    case "quantile":
      return pinballLoss(quantile);
    case "poisson":
      return poissonLoss;
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

/** Loss (s − y)² / 2 up to a distance of `delta`, its tangent beyond (Huber 1964, Annals of Mathematical Statistics 35). */
function huberLoss(delta: number): Objective {
  const lossAt = (distance: number): number =>
    distance <= delta ? (distance * distance) / 2 : delta * (distance - delta / 2);
  return {
    kernel: 3,
    shape: delta,
    base(rows) {
      const middle = weightedQuantile(rows, 0.5);
      return [middle + weightedMean(rows, (target) => Math.max(-delta, Math.min(delta, target - middle)))];
    },
    loss: (rows, [scores]) => weightedMean(rows, (target, row) => lossAt(Math.abs(scores![row]! - target))),
    renewal: 0.5,
  };
}

/** A target above the score costs `quantile` per unit, one below 1 − `quantile` (Koenker & Bassett 1978, Econometrica 46). */
function pinballLoss(quantile: number): Objective {
  return {
    kernel: 4,
    shape: quantile,
    base: (rows) => [weightedQuantile(rows, quantile)],
    loss: (rows, [scores]) =>
      weightedMean(rows, (target, row) => {
        const above = target - scores![row]!;
        return above >= 0 ? quantile * above : (quantile - 1) * above;
      }),
    renewal: quantile,
  };
}

/** Rates that no row has still get a finite score. */
const LEAST_RATE = 1e-9;

/** Loss e^s − y s: Poisson's −log p without what no score changes, for the logarithm s of the mean. */
const poissonLoss: Objective = {
  kernel: 5,
  base: (rows) => [
    Math.log(
      Math.max(
        LEAST_RATE,
        weightedMean(rows, (target) => target),
      ),
    ),
  ],
  loss: (rows, [scores]) => weightedMean(rows, (target, row) => Math.exp(scores![row]!) - target * scores![row]!),
  link: "log",
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
