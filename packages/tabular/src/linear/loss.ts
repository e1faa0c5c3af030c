import type { Task } from "@refit/core/spec";
import { logistic, logisticLoss } from "../link.ts";

/**
 * Sum of the rows' weighted losses at `scores`. Replaces each score by the derivative of that sum by it, so that no second
 * set of arrays is needed.
 *
 * @param target [rows]: the value, 0 or 1, or the number of the class.
 * @param weights [rows].
 * @param scores one array [rows] per output: one, or for multiclass one per class. Overwritten.
 */
export type Loss = (target: Float64Array, weights: Float64Array, scores: readonly Float64Array[]) => number;

/** Half the squared error, or minus the log-likelihood of the logistic or softmax model. */
export const lossOf: Readonly<Record<Task, Loss>> = {
  regression(target, weights, [scores]) {
    let sum = 0;
    for (let row = 0; row < target.length; row++) {
      const error = scores![row]! - target[row]!;
      sum += (weights[row]! * error * error) / 2;
      scores![row] = weights[row]! * error;
    }
    return sum;
  },
  binary(target, weights, [scores]) {
    let sum = 0;
    for (let row = 0; row < target.length; row++) {
      const score = scores![row]!;
      sum += weights[row]! * logisticLoss(score, target[row]!);
      scores![row] = weights[row]! * (logistic(score) - target[row]!);
    }
    return sum;
  },
  multiclass(target, weights, scores) {
    let sum = 0;
    for (let row = 0; row < target.length; row++) {
      const weight = weights[row]!;
      let highest = -Infinity;
      for (const ofClass of scores) highest = Math.max(highest, ofClass[row]!);
      const scoreOfTarget = scores[target[row]!]![row]! - highest;
      let total = 0;
      for (const ofClass of scores) {
        const likelihood = Math.exp(ofClass[row]! - highest);
        ofClass[row] = likelihood;
        total += likelihood;
      }
      sum += weight * (Math.log(total) - scoreOfTarget);
      for (const [k, ofClass] of scores.entries()) {
        ofClass[row] = weight * (ofClass[row]! / total - (k === target[row] ? 1 : 0));
      }
    }
    return sum;
  },
};
