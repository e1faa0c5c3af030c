import { applyCalibration } from "../calibration/calibration.ts";
import { fitCalibration } from "../calibration/fit-calibration.ts";
import { predictedClasses } from "../metrics/confusion.ts";
import type { MetricName } from "../spec/metric-names.ts";
import { LOSS_UNIT } from "./canary-bets.ts";
import type { Estimate } from "./delta-method.ts";
import type { Histogram } from "./histogram.ts";
import { measureSums } from "./measure-sums.ts";
import { noSums, type ProductionSums } from "./production-sums.ts";
import { binScore, scoreBin } from "./significant-bits.ts";
import type { SumSettings } from "./sum-rows.ts";

/** Rows with labels, such as the holdout, from which is learnt how often an answer is right. */
export interface ReferenceRows {
  /** Laid out as `Predictor.predict` documents. */
  readonly predictions: Float64Array;
  /** [rows]: as `MetricInput.target`. */
  readonly labels: Float64Array;
  /** [rows]: how much more frequent such a row is in production than here; absent: all 1. Of the domain classifier: odds of production. */
  readonly densityRatios?: Float64Array;
}

/** What a metric probably is. Blind to a change of what the answers mean (concept drift), so nothing may be decided by it alone. */
export interface PerformanceEstimate extends Estimate {
  /** Rows without labels. */
  readonly rows: number;
  /** How many reference rows the weighted ones are worth (Kish 1965). */
  readonly referenceRows: number;
}

/** Reference rows that fewer than this are worth tell nothing. */
export const leastReferenceRows = 100;
/** From this many rows on, the step function of isotonic regression is not too rough (Niculescu-Mizil & Caruana 2005, ICML). */
const rowsForSteps = 1000;

/**
 * A metric of classes on rows whose labels are not known: what it would be if the labels were drawn with the probabilities that the answers stand for
 * (confidence-based performance estimation, CBPE). These are learnt from reference rows, weighted so that they look like those of production:
 * where a covariate has shifted, the same answer may be right more or less often.
 *
 * The expected counts of each class by answer take the place of counted ones; ratios such as F1 are those of expected counts. The standard error is that of as many rows, drawn anew,
 * and of as many reference rows.
 *
 * Sources: NannyML, "Confidence-based performance estimation"; Białek, Kuberski, Perrakis & Bifet (2025), "PAPE", for the weights.
 *
 * @returns `null` where the metric is not defined, or not to be had from classes, or where the reference rows are worth fewer than 100.
 */
export function estimateClasses(
  predictions: Float64Array,
  reference: ReferenceRows,
  metric: MetricName,
  settings: SumSettings,
): PerformanceEstimate | null {
  const referenceRows = worthOf(reference);
  if (settings.task === "regression" || referenceRows < leastReferenceRows) return null;
  const sums = expectedSums(predictions, probabilitiesOf(predictions, reference, settings), settings);
  return widened(measureSums(sums, metric), referenceRows);
}

/** The reference is a sample, too: an estimate is off by its error as well. */
export function widened(
  measured: (Estimate & { readonly rows: number }) | null,
  referenceRows: number,
): PerformanceEstimate | null {
  if (measured === null) return null;
  const { value, standardError, rows } = measured;
  return { value, standardError: standardError * Math.sqrt(1 + rows / referenceRows), rows, referenceRows };
}

/** (Σ w)² / Σ w². */
export function worthOf({ labels, densityRatios }: Pick<ReferenceRows, "labels" | "densityRatios">): number {
  if (densityRatios === undefined) return labels.length;
  const sum = densityRatios.reduce((total, ratio) => total + ratio, 0);
  const squares = densityRatios.reduce((total, ratio) => total + ratio * ratio, 0);
  return squares > 0 ? (sum * sum) / squares : 0;
}

/** Laid out as the predictions. Rows of a class that the model does not know teach nothing. */
function probabilitiesOf(predictions: Float64Array, reference: ReferenceRows, settings: SumSettings): Float64Array {
  const { labels, densityRatios } = reference;
  const width = settings.task === "multiclass" ? settings.classes : 1;
  const isKept = (row: number) => labels[row]! >= 0 && (densityRatios?.[row] ?? 1) > 0;
  const maps = fitCalibration(labels.length < rowsForSteps ? "platt" : "isotonic", {
    classes: width === 1 ? 2 : width,
    answers: reference.predictions.filter((_, place) => isKept(Math.floor(place / width))),
    target: labels.filter((_, row) => isKept(row)),
    ...(densityRatios && { weights: densityRatios.filter((_, row) => isKept(row)) }),
  });
  return applyCalibration(maps, predictions);
}

/** As `sumRows`, with fractions of rows: each row is of every class, by its probability. */
export function expectedSums(
  predictions: Float64Array,
  probabilities: Float64Array,
  { task, classes, metricSettings }: Pick<SumSettings, "task" | "classes" | "metricSettings">,
): ProductionSums {
  const isBinary = task === "binary";
  const width = isBinary ? 2 : classes;
  const rows = predictions.length / (isBinary ? 1 : classes);
  const shareOf = (of: Float64Array, row: number, label: number) =>
    isBinary ? (label === 1 ? of[row]! : 1 - of[row]!) : of[row * classes + label]!;
  const confusion = Array.from({ length: (width + 1) * width }, () => 0);
  const [brier, logLoss] = [new MeanLoss(), new MeanLoss()];
  const scores = [new Map<number, number>(), new Map<number, number>()];
  const predicted = predictedClasses({
    task,
    classes,
    predictions,
    ...(metricSettings && { settings: metricSettings }),
  });
  for (let row = 0; row < rows; row++) {
    for (let label = 0; label < width; label++) {
      const chance = shareOf(probabilities, row, label);
      confusion[label * width + predicted[row]!]! += chance;
      const given = shareOf(predictions, row, label);
      logLoss.add(chance, -Math.log(Math.min(Math.max(given, probabilityFloor), 1 - probabilityFloor)));
      if (!isBinary) continue;
      brier.add(chance, (1 - given) * (1 - given));
      const bin = scoreBin(predictions[row]!);
      scores[label]!.set(bin, (scores[label]!.get(bin) ?? 0) + chance);
    }
  }
  return {
    ...noSums,
    rows,
    losses: isBinary ? { brier: brier.sums, logLoss: logLoss.sums } : { logLoss: logLoss.sums },
    scores: isBinary ? scores.map((counts) => [...counts].sort(([a], [b]) => a - b)) : [],
    confusion,
  };
}

/** As `logLosses` does. */
const probabilityFloor = 1e-15;

class MeanLoss {
  #sum = 0;
  #squares = 0;

  add(weight: number, loss: number): void {
    this.#sum += weight * loss;
    this.#squares += weight * loss * loss;
  }

  get sums() {
    return { sum: this.#sum * LOSS_UNIT, squares: this.#squares * LOSS_UNIT };
  }
}

/** The same from how often each answer was given (`ArrivalSums.answered`), where the rows themselves are gone: binary tasks. */
export function answersFromBins(answered: Histogram): Float64Array {
  const predictions = new Float64Array(answered.reduce((sum, [, rows]) => sum + rows, 0));
  let at = 0;
  for (const [bin, rows] of answered) predictions.fill(binScore(bin), at, (at += rows));
  return predictions;
}
