import type { MetricName } from "../spec/metric-names.ts";
import { sortedOrder } from "../statistics/resampling/sorted-order.ts";
import {
  leastReferenceRows,
  type PerformanceEstimate,
  type ReferenceRows,
  widened,
  worthOf,
} from "./estimate-classes.ts";

/** How large errors are where a model answers such a number: its mean and mean square by stretch of the answers. */
export interface ErrorModel {
  /** Ascending; stretch k ends at k, the last has no end. */
  readonly ends: readonly number[];
  /** For each stretch. */
  readonly meanSizes: readonly number[];
  readonly meanSquares: readonly number[];
  /** Mean of the fourth powers, for the error of the mean square. */
  readonly meanFourths: readonly number[];
  readonly referenceRows: number;
}

/** Stretches have this many rows at least, and there are at most this many. */
const rowsOfStretch = 50;
const mostStretches = 20;

/**
 * Learns how large a regression's errors are, by the number that it answers, from reference rows that are weighted to look like those of production:
 * direct loss estimation (DLE) with a step function in place of a second model. It sees no more than the answer: an error that grows with a column, and not with the
 * answer, is seen only through the weights.
 *
 * Source: NannyML, "Direct loss estimation".
 *
 * @returns `null` where the reference rows are worth fewer than 100.
 */
export function learnErrors(reference: ReferenceRows): ErrorModel | null {
  const referenceRows = worthOf(reference);
  if (referenceRows < leastReferenceRows) return null;
  const { predictions, labels, densityRatios } = reference;
  const order = sortedOrder(predictions);
  const stretches = Math.min(mostStretches, Math.floor(labels.length / rowsOfStretch));
  const startOf = (stretch: number) => Math.floor((stretch * order.length) / stretches);
  const model = {
    ends: [] as number[],
    meanSizes: [] as number[],
    meanSquares: [] as number[],
    meanFourths: [] as number[],
  };
  for (let stretch = 0; stretch < stretches; stretch++) {
    const members = order.slice(startOf(stretch), startOf(stretch + 1));
    const mean = (of: (error: number) => number) => {
      let [weight, sum] = [0, 0];
      for (const row of members) {
        const ratio = densityRatios?.[row] ?? 1;
        weight += ratio;
        sum += ratio * of(predictions[row]! - labels[row]!);
      }
      return weight > 0 ? sum / weight : NaN;
    };
    if (Number.isNaN(mean(Math.abs))) continue; // production has no such rows
    if (stretch + 1 < stretches) model.ends.push(predictions[order[startOf(stretch + 1)]!]!);
    model.meanSizes.push(mean(Math.abs));
    model.meanSquares.push(mean((error) => error * error));
    model.meanFourths.push(mean((error) => error * error * error * error));
  }
  // The last stretch that is left has no end.
  return { ...model, ends: model.ends.slice(0, model.meanSizes.length - 1), referenceRows };
}

/**
 * MAE or RMSE of a regression on rows whose labels are not known. Blind to concept drift, as `PerformanceEstimate` says.
 *
 * @returns `null` for other metrics: the answer alone says nothing of the spread of the labels, or of errors as shares of them.
 */
export function estimateErrors(
  predictions: Float64Array,
  errors: ErrorModel,
  metric: MetricName,
): PerformanceEstimate | null {
  const rows = predictions.length;
  if (rows === 0 || (metric !== "mae" && metric !== "rmse")) return null;
  const stretches = predictions.map((prediction) => stretchOf(errors.ends, prediction));
  const mean = (values: readonly number[]) => stretches.reduce((sum, stretch) => sum + values[stretch]!, 0) / rows;
  const [size, square] = [mean(errors.meanSizes), mean(errors.meanSquares)];
  const errorOfMean = (meanSquare: number, value: number) => Math.sqrt(Math.max(0, meanSquare - value * value) / rows);
  const mae = { value: size, standardError: errorOfMean(square, size) };
  const mse = { value: square, standardError: errorOfMean(mean(errors.meanFourths), square) };
  const root = Math.sqrt(square);
  const rmse = { value: root, standardError: root > 0 ? mse.standardError / (2 * root) : 0 };
  return widened({ ...(metric === "mae" ? mae : rmse), rows }, errors.referenceRows);
}

function stretchOf(ends: readonly number[], prediction: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (prediction < ends[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
