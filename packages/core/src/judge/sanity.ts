import { percent } from "../data/percent.ts";
import { finding } from "../data/finding-codes.ts";
import type { Finding } from "../data/finding.ts";
import { quoted } from "../errors/name-words.ts";
import type { TargetSpec } from "../features/feature-spec.ts";
import type { MetricSettings } from "../metrics/metric.ts";
import { predictedClasses } from "../metrics/confusion.ts";
import { bernsteinBound, poissonBinomialTail } from "../statistics/special/poisson-binomial.ts";

export interface SanityRequest {
  readonly target: TargetSpec;
  /** [rows]: encoded target of the holdout. */
  readonly labels: Float64Array;
  /** [rows], or for multiclass [rows × classes]. */
  readonly predictions: Float64Array;
  /** [rows]: sample weights; `null`: all 1. */
  readonly weights?: Float64Array | null;
  readonly settings?: MetricSettings;
  /** Values of the target must not be shown. */
  readonly sensitive: boolean;
}

/** A mean prediction off by more than this factor, beyond what chance explains, is more than a calibration problem. */
const MOST_OFF = 2;
const CHANCE = 0.001;

/**
 * Predictions that no working model makes, whatever the metrics say: not finite, all equal, a common class never
 * predicted, a mean far from the base rate.
 *
 * A class with less than its fair share of the rows (1 / classes) may well never be the most probable one of a sound
 * model, so that is a warning only.
 */
export function checkPredictions(request: SanityRequest): Finding[] {
  const { target, labels, predictions } = request;
  const place = { column: target.name };
  const broken = predictions.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  if (broken > 0) {
    return [
      finding(
        "non-finite-predictions",
        place,
        `${broken} of ${predictions.length} predictions are not finite numbers.`,
      ),
    ];
  }
  if (isConstant(predictions, labels.length)) {
    return [finding("constant-predictions", place, `All ${labels.length} holdout rows get the same prediction.`)];
  }
  if (target.classes === null) return [];
  return target.classes.flatMap((_, label) => checkClass(label, request));
}

/** Whether every one of several rows gets the same answer. @param predictions [rows], or for multiclass [rows × classes]. */
export function isConstant(predictions: Float64Array, rows: number): boolean {
  const outputs = predictions.length / rows;
  return rows > 1 && predictions.every((value, i) => value === predictions[i % outputs]);
}

/** Says when early stopping kept nothing of the challenger, so that what is judged was made by its least settings. */
export function checkLearned(learned: boolean, learner: string, target: string): Finding[] {
  if (learned) return [];
  const words = `${learner} gave every validation row the same prediction: no training step improved it there, so it stopped at once.`;
  return [finding("nothing-learned", { column: target }, words)];
}

function checkClass(label: number, request: SanityRequest): Finding[] {
  const { target, labels, predictions, settings = {} } = request;
  const classes = target.classes!.length;
  const found: Finding[] = [];
  const name = request.sensitive
    ? "A class (not named: the target is sensitive)"
    : quoted(String(target.classes![label]));
  const rows = labels.length;
  const actual = labels.reduce((count, value) => count + (value === label ? 1 : 0), 0);
  const predicted = predictedClasses({ task: target.task, classes, target: labels, predictions, settings });
  if (actual > 0 && !predicted.includes(label)) {
    const code = actual * classes >= rows ? "class-never-predicted" : "rare-class-never-predicted";
    const words = `${name} is the true class of ${actual} of ${rows} holdout rows, but never the most probable prediction.`;
    found.push(finding(code, { column: target.name }, words));
  }
  if (target.task === "binary" && label === 0) return found;

  const promised = promises(label, classes, request);
  const { total, found: seen, sum } = promised;
  const isFarOff = sum > MOST_OFF * seen || seen > MOST_OFF * sum;
  if (isFarOff && chanceOf(promised, actual, request.weights ?? null) < CHANCE) {
    const words = `${name}: the mean predicted probability is ${percent(sum / total)}, but it is the true class of ${percent(seen / total)} of the ${rows} holdout rows.`;
    found.push(finding("biased-predictions", { column: target.name }, words));
  }
  return found;
}

interface Promises {
  /** [rows]: probability of the class. */
  readonly chances: Float64Array;
  readonly total: number;
  /** Weight of the class, found and promised. */
  readonly found: number;
  readonly sum: number;
  /** Of the weight that is found, if the probabilities are right: Σ w² p (1 − p). */
  readonly variance: number;
  readonly largest: number;
}

/**
 * Two-sided p of what was found, if the probabilities are right (Spiegelhalter 1986 tests calibration alike). A bound decides
 * what is clear, and wherever rows weigh; the exact tail decides the small counts that are left, at most some forty.
 */
function chanceOf({ chances, found, sum, variance, largest }: Promises, count: number, weights: Float64Array | null) {
  const bound = 2 * bernsteinBound(Math.abs(sum - found), variance, largest);
  if (bound < CHANCE || weights !== null) return bound;
  return Math.min(1, 2 * poissonBinomialTail(chances, count, found > sum ? "at-least" : "at-most"));
}

function promises(label: number, classes: number, { target, labels, predictions, weights }: SanityRequest): Promises {
  const chances = new Float64Array(labels.length);
  let [total, found, sum, variance, largest] = [0, 0, 0, 0, 0];
  for (let row = 0; row < labels.length; row++) {
    const weight = weights?.[row] ?? 1;
    const p = predictions[target.task === "multiclass" ? row * classes + label : row]!;
    chances[row] = p;
    total += weight;
    if (labels[row] === label) found += weight;
    sum += weight * p;
    variance += weight * weight * p * (1 - p);
    largest = Math.max(largest, weight);
  }
  return { chances, total, found, sum, variance, largest };
}
