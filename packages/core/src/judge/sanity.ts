import { finding } from "../data/finding-codes.ts";
import type { Finding } from "../data/finding.ts";
import { quoted } from "../errors/name-words.ts";
import type { TargetSpec } from "../features/feature-spec.ts";
import { predictedClasses } from "../metrics/confusion.ts";
import { normalSf } from "../statistics/special/normal.ts";

export interface SanityRequest {
  readonly target: TargetSpec;
  /** Encoded target of the holdout. */
  readonly labels: Float64Array;
  readonly predictions: Float64Array;
}

/** A mean prediction off by more than this factor, beyond what chance explains, is no calibration problem any more. */
const MOST_OFF = 2;
const CHANCE = 0.001;

/**
 * Predictions that no working model makes, whatever the metrics say: not finite, all alike, a common class never
 * predicted, a mean far from the base rate.
 *
 * A class with less than its fair share of the rows (1 / classes) may well never be the most probable one of a sound
 * model, so that is a warning only.
 */
export function checkPredictions({ target, labels, predictions }: SanityRequest): Finding[] {
  const place = { column: target.name };
  const broken = predictions.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  if (broken > 0) {
    return [
      finding("non-finite-predictions", place, `${broken} of ${predictions.length} predictions are no finite number.`),
    ];
  }
  const outputs = predictions.length / labels.length;
  if (labels.length > 1 && predictions.every((value, i) => value === predictions[i % outputs])) {
    return [finding("constant-predictions", place, `All ${labels.length} holdout rows get the same prediction.`)];
  }
  if (target.classes === null) return [];
  return target.classes.flatMap((name, label) => checkClass(String(name), label, { target, labels, predictions }));
}

function checkClass(name: string, label: number, { target, labels, predictions }: SanityRequest): Finding[] {
  const classes = target.classes!.length;
  const found: Finding[] = [];
  const rows = labels.length;
  const actual = labels.reduce((count, value) => count + (value === label ? 1 : 0), 0);
  const predicted = predictedClasses({ task: target.task, classes, target: labels, predictions });
  if (actual > 0 && !predicted.includes(label)) {
    const code = actual * classes >= rows ? "class-never-predicted" : "rare-class-never-predicted";
    const words = `${quoted(name)} is the target of ${actual} of ${rows} holdout rows and is never the most probable answer.`;
    found.push(finding(code, { column: target.name }, words));
  }
  if (target.task === "binary" && label === 0) return found;

  const { sum, variance } = expected(label, classes, { target, labels, predictions });
  const isFarOff = sum > MOST_OFF * actual || actual > MOST_OFF * sum;
  const p = variance > 0 ? 2 * normalSf(Math.abs(sum - actual) / Math.sqrt(variance)) : sum === actual ? 1 : 0;
  if (isFarOff && p < CHANCE) {
    const words = `${quoted(name)} is predicted with a mean of ${(sum / rows).toFixed(4)}, and its share of the holdout is ${(actual / rows).toFixed(4)}.`;
    found.push(finding("biased-predictions", { column: target.name }, words));
  }
  return found;
}

/** Rows of the class that the probabilities promise, and how much that number varies if they are right. */
function expected(label: number, classes: number, { target, labels, predictions }: SanityRequest) {
  let [sum, variance] = [0, 0];
  for (let row = 0; row < labels.length; row++) {
    const p = predictions[target.task === "multiclass" ? row * classes + label : row]!;
    sum += p;
    variance += p * (1 - p);
  }
  return { sum, variance };
}
