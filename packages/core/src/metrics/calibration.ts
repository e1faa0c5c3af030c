import { sortedOrder } from "../statistics/resampling/sorted-order.ts";
import type { MetricInput, PreparedMetric } from "./metric.ts";

const bins = 10;

/**
 * Expected calibration error of the positive class's probability: over ten bins of equal row count, the mean of
 * |share of positives − mean probability|, weighted by the bins' weight.
 *
 * Rows are sorted by probability (ties in row order) and cut into ten runs whose sizes differ by at most one, the
 * larger first. Weights change a bin's means, not its borders. Equal-mass bins because equal-width ones are mostly
 * empty for rare positives. Example: 0.02 means that probabilities are off by two points on average. Source: Naeini, Cooper & Hauskrecht (2015), AAAI; Nixon et al. (2019) for the bins.
 */
export function prepareCalibrationError({ target, predictions }: MetricInput): PreparedMetric {
  const order = sortedOrder(predictions);
  const gaps = Float64Array.from(order, (row) => target[row]! - predictions[row]!);
  return (weights) => {
    let total = 0;
    let error = 0;
    for (let bin = 0; bin < bins; bin++) {
      const end = binStart(bin + 1, order.length);
      let gap = 0;
      for (let place = binStart(bin, order.length); place < end; place++) {
        const weight = weights[order[place]!]!;
        total += weight;
        gap += weight * gaps[place]!;
      }
      error += Math.abs(gap);
    }
    return total > 0 ? error / total : undefined;
  };
}

/** Rows of like predictions: what was predicted for them and what came. */
export interface CalibrationBin {
  readonly rows: number;
  /** Mean probability of the positive class. */
  readonly predicted: number;
  /** Share of positives. */
  readonly observed: number;
}

/**
 * The bins that the error is taken over, from the lowest predictions up, without those that weigh nothing; none where a
 * prediction is not a finite number.
 */
export function calibrationBins({
  target,
  predictions,
  weights,
}: Pick<MetricInput, "target" | "predictions" | "weights">): CalibrationBin[] {
  const rows = predictions.length;
  if (!predictions.every(Number.isFinite)) return [];
  const order = sortedOrder(predictions);
  return Array.from({ length: bins }, (_, bin) => {
    const members = order.slice(binStart(bin, rows), binStart(bin + 1, rows));
    const weightOf = (row: number) => weights?.[row] ?? 1;
    const weight = members.reduce((sum, row) => sum + weightOf(row), 0);
    const mean = (values: Float64Array) => members.reduce((sum, row) => sum + weightOf(row) * values[row]!, 0) / weight;
    return weight > 0 ? [{ rows: members.length, predicted: mean(predictions), observed: mean(target) }] : [];
  }).flat();
}

function binStart(bin: number, rows: number): number {
  return bin * Math.floor(rows / bins) + Math.min(bin, rows % bins);
}
