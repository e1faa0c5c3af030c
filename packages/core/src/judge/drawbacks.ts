import { finding } from "../data/finding-codes.ts";
import type { Finding } from "../data/finding.ts";
import { improvement, metrics } from "../metrics/metrics.ts";
import { isBuiltIn, type MetricName } from "../spec/metric-names.ts";
import type { MetricRow } from "./comparison.ts";

const MOST_CALIBRATION_LOSS = 0.02;
const WIDE_GAP = 0.1;

/** A warning when probabilities fit clearly worse than the champion's: beyond 0.02, and its one-sided 95 % bound too is worse. */
export function checkCalibration(ece: MetricRow, target: string): Finding[] {
  const { improvement: better, interval, champion, challenger } = ece;
  if (better === undefined || interval === null || champion === undefined || challenger === undefined) return [];
  if (better >= -MOST_CALIBRATION_LOSS || interval[1] >= 0) return [];
  const words = `The expected calibration error rose from ${champion.toFixed(4)} to ${challenger.toFixed(4)}.`;
  return [finding("calibration-worse", { column: target }, words)];
}

/** A warning when the challenger is more than ten points better on rows that it was trained on than on the holdout. */
export function checkGap(
  metric: MetricName,
  training: number | undefined,
  holdout: number | undefined,
  target: string,
): Finding[] {
  if (!isBuiltIn(metric) || !metrics[metric].unitInterval || training === undefined || holdout === undefined) return [];
  const gap = improvement(metrics[metric], holdout, training);
  if (gap <= WIDE_GAP) return [];
  const words = `${metric} is ${training.toFixed(4)} on its training rows and ${holdout.toFixed(4)} on the holdout.`;
  return [finding("train-holdout-gap", { column: target }, words)];
}
