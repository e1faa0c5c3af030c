import { portableExp } from "@refit/core/runtime";

/**
 * Scores beyond this change a probability by less than 1e-13; clipping them keeps every probability strictly between
 * 0 and 1, so that no logarithm of it is infinite.
 */
export const SCORE_LIMIT = 30;

function clip(score: number): number {
  return Math.max(-SCORE_LIMIT, Math.min(SCORE_LIMIT, score));
}

/** Probability of the positive class from its log-odds. */
export function logistic(score: number): number {
  return 1 / (1 + portableExp(-clip(score)));
}

/**
 * Probabilities of one row's classes from their scores.
 *
 * @param scores one array per class.
 * @param out filled at `at`, `at + 1`, …; the entries add up to 1.
 */
export function softmaxRow(scores: readonly Float64Array[], row: number, out: Float64Array, at: number): void {
  let highest = -Infinity;
  for (const ofClass of scores) highest = Math.max(highest, ofClass[row]!);
  let total = 0;
  for (let k = 0; k < scores.length; k++) {
    // Distances from the best class count, so it is they that are clipped.
    const weight = portableExp(Math.max(-2 * SCORE_LIMIT, scores[k]![row]! - highest));
    out[at + k] = weight;
    total += weight;
  }
  for (let k = 0; k < scores.length; k++) out[at + k]! /= total;
}

/** -log of the probability that log-odds `score` give to what happened: 1 or 0. Not clipped, so that it can diverge. */
export function logisticLoss(score: number, happened: number): number {
  return Math.max(score, 0) - score * happened + Math.log1p(Math.exp(-Math.abs(score)));
}

/** log(sum of exp) of one row's scores, without overflow. */
export function logSumExp(scores: readonly Float64Array[], row: number): number {
  let highest = -Infinity;
  for (const ofClass of scores) highest = Math.max(highest, ofClass[row]!);
  let total = 0;
  for (const ofClass of scores) total += Math.exp(ofClass[row]! - highest);
  return highest + Math.log(total);
}

/**
 * What the task predicts, from scores: the layout of `Predictor.predict`.
 *
 * Identity for regression, logistic for binary, softmax for multiclass.
 *
 * @param scores one array [rows] per output: one, or for multiclass one per class.
 * @returns [rows], or for multiclass [rows × classes] with the classes of a row next to each other. May be `scores[0]`.
 */
export function applyLink(task: "binary" | "multiclass" | "regression", scores: readonly Float64Array[]): Float64Array {
  const first = scores[0]!;
  if (task === "regression") return first;
  if (task === "binary") return first.map(logistic);
  const out = new Float64Array(first.length * scores.length);
  for (let row = 0; row < first.length; row++) softmaxRow(scores, row, out, row * scores.length);
  return out;
}
