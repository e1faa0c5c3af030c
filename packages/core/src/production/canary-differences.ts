import { predictedClasses } from "../metrics/confusion.ts";
import type { MetricInput, MetricSettings } from "../metrics/metric.ts";
import type { ModelAnswers } from "../metrics/model-answers.ts";
import type { Task } from "../spec/model-spec.ts";
import type { CanarySettings, LossDifferences } from "./canary-bets.ts";

/** Rows whose labels are known, column by column, with what is known of a canary. */
export interface CanaryRows {
  readonly answers: ModelAnswers;
  /** [rows]: as `MetricInput.target`. */
  readonly labels: Float64Array;
  /** What the other version answered to the same rows; absent: none was asked. */
  readonly other?: ModelAnswers;
  /** Whose answers `answers` are, while there is a canary. */
  readonly arm?: "champion" | "canary";
  /** [0, 100]: of the callers, how many got the canary's answer when these rows were answered. Read where outcomes are affected. */
  readonly percent?: number;
}

/** How answers of a model are read. */
export interface AnswerSettings {
  readonly task: Task;
  /** As `MetricInput.classes`. */
  readonly classes: number;
  readonly metricSettings?: MetricSettings;
}

/** Losses are counted from here where only one arm's is known: any number keeps the mean, and one near the usual loss narrows the spread. */
const usualLoss = 0.1;

/**
 * For each row the loss of the canary − that of the champion, in [−1, 1]. Where answers change what happens, only the loss of the
 * version that was asked for is known, and stands for as many rows as the chance of its arm says (Horvitz & Thompson 1952, JASA 47): the mean is
 * the same, the interval wider.
 *
 * @returns `undefined` where the rows say nothing of a canary.
 */
export function canaryDifferences(
  rows: CanaryRows,
  settings: AnswerSettings,
  canary: CanarySettings,
): LossDifferences | undefined {
  if (rows.arm === undefined) return undefined;
  const sign = rows.arm === "canary" ? 1 : -1;
  const own = rowLosses(rows.answers.predictions, rows.labels, settings, canary);
  if (canary.outcome === "affected") {
    const share = (rows.percent ?? 0) / 100;
    if (!(share > 0 && share < 1)) return undefined;
    const chance = rows.arm === "canary" ? share : 1 - share;
    const [more, less] = [1 - usualLoss, usualLoss];
    return {
      values: own.map((loss) => (sign * (loss - usualLoss)) / chance),
      least: -Math.max(less / share, more / (1 - share)),
      most: Math.max(more / share, less / (1 - share)),
    };
  }
  if (rows.other === undefined) return undefined;
  const other = rowLosses(rows.other.predictions, rows.labels, settings, canary);
  return { values: own.map((loss, row) => sign * (loss - other[row]!)), least: -1, most: 1 };
}

/** [rows], each in [0, 1]. An answer that is not finite is as bad as can be. */
function rowLosses(
  predictions: Float64Array,
  labels: Float64Array,
  { task, classes, metricSettings }: AnswerSettings,
  { loss, scale }: CanarySettings,
): Float64Array {
  const input: MetricInput = {
    task,
    classes,
    target: labels,
    predictions,
    ...(metricSettings && { settings: metricSettings }),
  };
  const losses = loss === "absolute" ? clippedErrors(input, scale) : loss === "brier" ? brier(input) : zeroOne(input);
  const width = task === "multiclass" ? classes : 1;
  return losses.map((value, row) =>
    predictions.subarray(row * width, (row + 1) * width).every(Number.isFinite) ? Math.min(Math.max(value, 0), 1) : 1,
  );
}

function clippedErrors({ target, predictions }: MetricInput, scale = 1): Float64Array {
  return target.map((label, row) => Math.abs(predictions[row]! - label) / scale);
}

/** Half the squared distance between the probabilities and the class, so that the worst answer costs 1 (Brier 1950). */
function brier({ task, classes, target, predictions }: MetricInput): Float64Array {
  return target.map((label, row) => {
    if (task !== "multiclass") return (predictions[row]! - label) * (predictions[row]! - label);
    let sum = label < 0 ? 1 : 0;
    for (let k = 0; k < classes; k++) {
      const distance = predictions[row * classes + k]! - (k === label ? 1 : 0);
      sum += distance * distance;
    }
    return sum / 2;
  });
}

function zeroOne(input: MetricInput): Float64Array {
  return Float64Array.from(predictedClasses(input), (label, row) => (label === input.target[row] ? 0 : 1));
}
