import { confusionMetrics } from "../metrics/classification.ts";
import { type Confusion, confusionOf } from "../metrics/confusion.ts";
import { type BuiltInMetric, isBuiltIn, type MetricName } from "../spec/metric-names.ts";
import { LOSS_UNIT } from "./canary-bets.ts";
import { deltaMethod, type Estimate } from "./delta-method.ts";
import type { Histogram } from "./histogram.ts";
import { measureScores } from "./measure-scores.ts";
import type { LossSum, ProductionSums } from "./production-sums.ts";
import { binValue } from "./significant-bits.ts";

/** A metric on the rows of some sums. */
export interface MeasuredSums extends Estimate {
  readonly rows: number;
}

/**
 * A metric and its standard error: DeLong's for ROC AUC, that of a mean for losses, the delta method for what is made of
 * several means; rows are taken to be independent. Means of numbers without bound are off by at most 0.1 % of themselves,
 * usually far less, since their rows are kept in bins.
 *
 * @returns `null` where the metric or its error is not defined on these rows.
 */
export function measureSums(sums: ProductionSums, metric: MetricName): MeasuredSums | null {
  const found = estimated(sums, metric);
  const isDefined = found !== null && Number.isFinite(found.value) && Number.isFinite(found.standardError);
  return isDefined ? { value: found.value, standardError: found.standardError, rows: sums.rows } : null;
}

const metricsOfConfusion: Partial<Record<BuiltInMetric, (confusion: Confusion) => number | undefined>> =
  confusionMetrics;

function estimated(sums: ProductionSums, metric: MetricName): Estimate | null {
  const loss = sums.losses[metric];
  if (loss !== undefined) return meanLoss(loss, sums.rows);
  const values = sums.values[metric];
  if (values !== undefined) return meanOf(values, sums.rows, (value) => value);
  if (metric === "mae") return meanOf(sums.errors, sums.rows, Math.abs);
  if (metric === "rmse") return rootOf(meanOf(sums.errors, sums.rows, (error) => error * error));
  if (metric === "r2") return rSquared(sums);
  const ofConfusion = isBuiltIn(metric) ? metricsOfConfusion[metric] : undefined;
  if (ofConfusion !== undefined) return confusionEstimate(sums.confusion, ofConfusion);
  return measureScores(sums.scores, metric);
}

function meanLoss({ sum, squares }: LossSum, rows: number): Estimate | null {
  return estimateOfMean(sum / LOSS_UNIT / rows, squares / LOSS_UNIT / rows, rows);
}

function estimateOfMean(mean: number, meanSquare: number, rows: number): Estimate | null {
  if (rows < 2) return null;
  return { value: mean, standardError: Math.sqrt(Math.max(0, meanSquare - mean * mean) / (rows - 1)) };
}

/** @returns `null` unless the bins have all of the rows. */
function meanOf(histogram: Histogram, rows: number, numberOf: (value: number) => number): Estimate | null {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (const [bin, inBin] of histogram) {
    const value = numberOf(binValue(bin));
    count += inBin;
    sum += inBin * value;
    squares += inBin * value * value;
  }
  return count === rows ? estimateOfMean(sum / rows, squares / rows, rows) : null;
}

function rootOf(square: Estimate | null): Estimate | null {
  if (square === null) return null;
  const value = Math.sqrt(square.value);
  return { value, standardError: value > 0 ? square.standardError / (2 * value) : 0 };
}

/**
 * How errors and labels vary together is not kept: the standard error is what it is at most, by the Cauchy-Schwarz inequality.
 */
function rSquared({ errors, labels, rows }: ProductionSums): Estimate | null {
  const mean = meanOf(labels, rows, (label) => label);
  if (mean === null) return null;
  const spread = meanOf(labels, rows, (label) => (label - mean.value) * (label - mean.value));
  const unexplained = meanOf(errors, rows, (error) => error * error);
  if (spread === null || unexplained === null || spread.value === 0) return null;
  const ratio = unexplained.value / spread.value;
  return { value: 1 - ratio, standardError: (unexplained.standardError + ratio * spread.standardError) / spread.value };
}

function confusionEstimate(
  counts: readonly number[],
  metric: (confusion: Confusion) => number | undefined,
): Estimate | null {
  const classes = Math.round((Math.sqrt(1 + 4 * counts.length) - 1) / 2);
  return deltaMethod(counts, (shares) => metric(confusionOf(shares, classes)));
}
