import { predictedClasses } from "../metrics/confusion.ts";
import { percentageErrors, pinballLosses, squaredErrors } from "../metrics/losses.ts";
import type { MetricInput } from "../metrics/metric.ts";
import type { ModelAnswers } from "../metrics/model-answers.ts";
import { portableLog } from "../portable-log.ts";
import { isBuiltIn, type MetricName } from "../spec/metric-names.ts";
import { addIntegers } from "./add-integers.ts";
import { type CanarySettings, evidenceOf, LOSS_UNIT } from "./canary-bets.ts";
import { type AnswerSettings, canaryDifferences, type CanaryRows } from "./canary-differences.ts";
import { type Histogram, histogramOf } from "./histogram.ts";
import type { LossSum, ProductionSums } from "./production-sums.ts";
import { scoreBin, valueBin } from "./significant-bits.ts";

/** How a version's rows are summed; the same for all rows of a version. */
export interface SumSettings extends AnswerSettings {
  readonly metrics: readonly MetricName[];
  /** Regression: about the mean of the labels, from which they are counted, for `r2`. Default 0. */
  readonly centre?: number;
  readonly canary?: CanarySettings;
}

/** O(rows). Rows whose label or answer is not finite are counted and left out. */
export function sumRows(rows: CanaryRows, settings: SumSettings): ProductionSums {
  const usable = usableRows(rows, settings);
  const input = inputOf(usable, settings);
  const { canary } = settings;
  const differences = canary && canaryDifferences(usable, settings, canary);
  return {
    rows: usable.labels.length,
    unusable: rows.labels.length - usable.labels.length,
    losses: lossSums(input),
    scores: settings.task === "binary" ? scoresByLabel(input) : [],
    confusion: settings.task === "regression" ? [] : confusionCells(input),
    ...regressionHistograms(input, settings.centre ?? 0),
    values: valueHistograms(usable, input, settings.metrics),
    ...(differences && { evidence: evidenceOf(differences, canary.margin) }),
  };
}

function inputOf({ answers, labels }: CanaryRows, { task, classes, metricSettings }: SumSettings): MetricInput {
  return {
    task,
    classes,
    target: labels,
    predictions: answers.predictions,
    ...(metricSettings && { settings: metricSettings }),
  };
}

/** Without the rows whose label or answer is not finite; the other version's answer may be anything. */
function usableRows(rows: CanaryRows, { task, classes }: SumSettings): CanaryRows {
  const { answers, labels, other } = rows;
  const width = task === "multiclass" ? classes : 1;
  const isUsable = (row: number) =>
    Number.isFinite(labels[row]) && answers.predictions.subarray(row * width, (row + 1) * width).every(Number.isFinite);
  const kept = Array.from(labels, (_, row) => row).filter(isUsable);
  if (kept.length === labels.length) return rows;
  return {
    ...rows,
    labels: Float64Array.from(kept, (row) => labels[row]!),
    answers: pickAnswers(answers, kept, width),
    ...(other && { other: pickAnswers(other, kept, width) }),
  };
}

function pickAnswers({ predictions, ownValues }: ModelAnswers, kept: readonly number[], width: number): ModelAnswers {
  const picked = new Float64Array(kept.length * width);
  kept.forEach((row, place) => picked.set(predictions.subarray(row * width, (row + 1) * width), place * width));
  if (ownValues === undefined) return { predictions: picked };
  const own = Object.entries(ownValues).map(([name, values]) => [name, Float64Array.from(kept, (row) => values[row]!)]);
  return { predictions: picked, ownValues: Object.fromEntries(own) };
}

/** Probabilities are kept this far from 0 and 1, as `logLosses` does. */
const probabilityFloor = 1e-15;

/** As `logLosses`, with the same bits on every engine. */
function portableLogLosses({ task, classes, target, predictions }: MetricInput): Float64Array {
  return target.map((label, row) => {
    const binary = label === 1 ? predictions[row]! : 1 - predictions[row]!;
    const given = task === "binary" ? binary : label < 0 ? 0 : predictions[row * classes + label]!;
    return -portableLog(Math.min(Math.max(given, probabilityFloor), 1 - probabilityFloor));
  });
}

function lossSums(input: MetricInput): Record<MetricName, LossSum> {
  if (input.task === "regression") return {};
  const logLoss = lossSum(portableLogLosses(input));
  return input.task === "binary" ? { brier: lossSum(squaredErrors(input)), logLoss } : { logLoss };
}

function lossSum(losses: Float64Array): LossSum {
  let sum = 0;
  let squares = 0;
  for (const loss of losses) {
    sum = addIntegers(sum, Math.round(loss * LOSS_UNIT));
    squares = addIntegers(squares, Math.round(loss * loss * LOSS_UNIT));
  }
  return { sum, squares };
}

function scoresByLabel({ target, predictions }: MetricInput): ProductionSums["scores"] {
  return [0, 1].map((label) => histogramOf(predictions.filter((_, row) => target[row] === label).map(scoreBin)));
}

function confusionCells(input: MetricInput): number[] {
  const classes = input.task === "multiclass" ? input.classes : 2;
  const cells = Array.from({ length: (classes + 1) * classes }, () => 0);
  const predicted = predictedClasses(input);
  predicted.forEach((label, row) => {
    const actual = input.target[row]! < 0 ? classes : input.target[row]!;
    cells[actual * classes + label]!++;
  });
  return cells;
}

/** As `poissonDeviances`, with the same bits on every engine. */
function portableDeviances({ target, predictions }: MetricInput): Float64Array {
  return target.map((value, row) => {
    if (value < 0) return NaN;
    const mean = Math.max(predictions[row]!, Number.EPSILON);
    return 2 * ((value === 0 ? 0 : value * portableLog(value / mean)) - value + mean);
  });
}

/** @returns nothing of a metric that is not defined for one of the rows. */
function valueHistograms({ answers }: CanaryRows, input: MetricInput, metrics: readonly MetricName[]) {
  const rowNumbers: Readonly<Record<MetricName, (rows: MetricInput) => Float64Array>> =
    input.task === "regression"
      ? { mape: percentageErrors, pinball: pinballLosses, poissonDeviance: portableDeviances }
      : {};
  const found = metrics.toSorted().flatMap((metric): [MetricName, Histogram][] => {
    const values = isBuiltIn(metric) ? rowNumbers[metric]?.(input) : answers.ownValues?.[metric];
    return values?.every(Number.isFinite) ? [[metric, histogramOf(values.map(valueBin))]] : [];
  });
  return Object.fromEntries(found);
}

function regressionHistograms(
  { target, predictions, task }: MetricInput,
  centre: number,
): Pick<ProductionSums, "errors" | "labels"> {
  if (task !== "regression") return { errors: [], labels: [] };
  return {
    errors: histogramOf(predictions.map((prediction, row) => valueBin(prediction - target[row]!))),
    labels: histogramOf(target.map((label) => valueBin(label - centre))),
  };
}
