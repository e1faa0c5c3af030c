import { firstRow, Limit, limit, PAIR_BYTES, Word, word } from "./control";
import { expOfTwo } from "./exp";

/** `Math.exp` of the machine that trains: the same as where the loss is computed. */
declare function exp(value: f64): f64;
/** `Math.log`. */
declare function log(value: f64): f64;

export const enum Loss {
  /** (s − y)² / 2: gradient s − y, hessian 1. */
  SquaredError,
  /** −log p of what happened, with p = 1 / (1 + e^−s): gradient p − y, hessian p (1 − p). */
  Logistic,
  /** −log p of the row's class: gradient p_k − [class is k], and the diagonal of the Hessian, p_k (1 − p_k). */
  Softmax,
  /** (s − y)² / 2 up to a distance of `LossShape`, its tangent beyond (Huber 1964): gradient s − y, kept within that; hessian 1. */
  Huber,
  /** Pinball loss of the quantile `LossShape` (Koenker & Bassett 1978): gradient 1 − quantile above the target, −quantile below; hessian 1. */
  Quantile,
  /** e^s − y s, Poisson's −log p without what no score changes: gradient e^s − y, hessian e^s, more by `CAUTION`. */
  Poisson,
}

/** Where the loss bends more and more, a step by the hessian here goes too far: LightGBM's `poisson_max_delta_step`, a factor of 2. */
const CAUTION: f64 = 0.7;

/** As `SCORE_LIMIT` in `src/link.ts`. */
const SCORE_LIMIT: f64 = 30;

/** First and second derivative of each row's weighted loss by its score of `Word.Output`, of this thread's rows. */
export function deriveRows(thread: u32): void {
  const rows = word(Word.Rows);
  const end = firstRow(rows, thread + 1);
  const output = word(Word.Output);
  const scores = word(Word.Scores) + ((output * rows) << 3);
  const isWeighted = word(Word.IsWeighted) != 0;
  const loss: Loss = word(Word.Loss);
  if (loss == Loss.Logistic) return deriveLogistic(firstRow(rows, thread), end);
  const shape = limit(Limit.LossShape);
  for (let row = firstRow(rows, thread); row < end; row++) {
    const at = row << 3;
    const score = load<f64>(scores + at);
    const target = load<f64>(word(Word.Targets) + at);
    const weight = isWeighted ? load<f64>(word(Word.Weights) + at) : 1;
    let gradient: f64;
    let hessian: f64;
    if (loss == Loss.SquaredError) {
      gradient = weight * (score - target);
      hessian = weight;
    } else if (loss == Loss.Huber) {
      gradient = weight * max(-shape, min(shape, score - target));
      hessian = weight;
    } else if (loss == Loss.Quantile) {
      gradient = weight * (score >= target ? 1 - shape : -shape);
      hessian = weight;
    } else if (loss == Loss.Poisson) {
      const rate = exp(score);
      gradient = weight * (rate - target);
      hessian = weight * exp(score + CAUTION);
    } else {
      const probability = exp(score - load<f64>(word(Word.Normalisers) + at));
      gradient = weight * (probability - (target == <f64>output ? 1 : 0));
      hessian = weight * probability * (1 - probability);
    }
    const pair = word(Word.Pairs) + row * PAIR_BYTES;
    store<f64>(pair, gradient);
    store<f64>(pair, hessian, 8);
  }
}

/** The same for `Loss.Logistic` and its one output: most models have it, and two rows at once take a third of the time. */
function deriveLogistic(first: u32, end: u32): void {
  const scores: u32 = word(Word.Scores);
  const targets: u32 = word(Word.Targets);
  const weights: u32 = word(Word.IsWeighted) != 0 ? word(Word.Weights) : 0;
  const pairs: u32 = word(Word.Pairs);
  const one = f64x2.splat(1);
  for (let row = first; row < end; row += 2) {
    // A last row without a second one is both.
    const second = min(row + 1, end - 1);
    const score = numbersOf(scores, row, second);
    const weight = weights == 0 ? one : numbersOf(weights, row, second);
    const bounded = f64x2.pmax(f64x2.pmin(score, f64x2.splat(SCORE_LIMIT)), f64x2.splat(-SCORE_LIMIT));
    const probability = f64x2.div(one, f64x2.add(one, expOfTwo(f64x2.neg(bounded))));
    const gradient = f64x2.mul(weight, f64x2.sub(probability, numbersOf(targets, row, second)));
    const hessian = f64x2.mul(f64x2.mul(weight, probability), f64x2.sub(one, probability));
    v128.store(pairs + row * PAIR_BYTES, v128.shuffle<f64>(gradient, hessian, 0, 2));
    v128.store(pairs + second * PAIR_BYTES, v128.shuffle<f64>(gradient, hessian, 1, 3));
  }
}

function numbersOf(table: u32, row: u32, second: u32): v128 {
  return v128.load64_lane(table + (second << 3), v128.load64_splat(table + (row << 3)), 1);
}

/**
 * Logarithm of the sum of e^score over the classes, of this thread's rows. Within a round the scores change from tree to tree, and
 * this is all of its beginning that must be kept.
 */
export function normaliseRows(thread: u32): void {
  const rows = word(Word.Rows);
  const end = firstRow(rows, thread + 1);
  const outputs = word(Word.Outputs);
  const scores = word(Word.Scores);
  for (let row = firstRow(rows, thread); row < end; row++) {
    let highest: f64 = -Infinity;
    for (let k: u32 = 0; k < outputs; k++) highest = max(highest, load<f64>(scores + ((k * rows + row) << 3)));
    let total: f64 = 0;
    for (let k: u32 = 0; k < outputs; k++) total += exp(load<f64>(scores + ((k * rows + row) << 3)) - highest);
    store<f64>(word(Word.Normalisers) + (row << 3), highest + log(total));
  }
}
