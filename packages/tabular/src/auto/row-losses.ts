import type { LabelledRows } from "@refit/core/runtime";
import type { Task } from "@refit/core/spec";

/** Probabilities are kept this far from 0 and 1, so that one certain and wrong row does not decide alone. */
const FLOOR = 1e-6;

/** What the search minimises, row by row: minus the logarithm of what happened, or the squared error. */
export function rowLosses(task: Task, target: Float64Array, answers: Float64Array): Float64Array {
  if (task === "regression") return target.map((value, row) => (answers[row]! - value) * (answers[row]! - value));
  const width = answers.length / target.length;
  return target.map((label, row) => {
    if (task === "multiclass") return surprise(answers[row * width + label]!);
    return surprise(label === 1 ? answers[row]! : 1 - answers[row]!);
  });
}

const surprise = (probability: number) => -Math.log(Math.max(FLOOR, probability));

export function meanOf(values: Float64Array, weights: LabelledRows["weights"]): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    sum += weight * values[row]!;
    total += weight;
  }
  return sum / total;
}

/**
 * How many standard errors the second losses lie below the first on the same rows. 0 where they do not differ.
 */
export function clearlyBelow(first: Float64Array, second: Float64Array, weights: LabelledRows["weights"]): number {
  const gain = first.map((loss, row) => loss - second[row]!);
  const mean = meanOf(gain, weights);
  const spread = meanOf(
    gain.map((each) => (each - mean) * (each - mean)),
    weights,
  );
  if (mean === 0) return 0;
  return spread === 0 ? Math.sign(mean) * Infinity : mean / Math.sqrt(spread / gain.length);
}
