import { sortedOrder } from "../statistics/resampling/sorted-order.ts";
import type { MetricInput, PreparedMetric } from "./metric.ts";

/**
 * [rows] by score, ascending: four times the row's number, plus 2 where it is positive, plus 1 where the next score is larger, so
 * that tied rows form one group. In one word, since a resample reads all three of each row; less than 2^30 rows.
 */
function rank({ target, predictions }: MetricInput): Uint32Array {
  const order = sortedOrder(predictions);
  return order.map((row, place) => {
    const isLast = place + 1 === order.length;
    const endsGroup = isLast || predictions[row]! !== predictions[order[place + 1]!]!;
    return 4 * row + (target[row] === 1 ? 2 : 0) + (endsGroup ? 1 : 0);
  });
}

/**
 * Area under the ROC curve: the probability that a positive row scores above a negative one, ties counting half.
 *
 * Undefined when either class has no weight. Source: Hanley & McNeil (1982), Radiology 143.
 */
export function prepareRocAuc(input: MetricInput): PreparedMetric {
  const ranked = rank(input);
  return (weights) => {
    let below = 0; // weight of negatives with a smaller score
    let positives = 0;
    let area = 0;
    let group = 0;
    let groupPositives = 0;
    for (let place = 0; place < ranked.length; place++) {
      const word = ranked[place]!;
      const weight = weights[word >>> 2]!;
      group += weight;
      groupPositives += weight * ((word >>> 1) & 1); // a branch on it costs three times as much
      if ((word & 1) === 0) continue;
      const groupNegatives = group - groupPositives;
      area += groupPositives * (below + groupNegatives / 2);
      below += groupNegatives;
      positives += groupPositives;
      group = 0;
      groupPositives = 0;
    }
    return positives > 0 && below > 0 ? area / (positives * below) : undefined;
  };
}

/**
 * Average precision: the sum of precision times gain in recall over the thresholds, without interpolation.
 *
 * Undefined without positive weight. Source: scikit-learn's definition of `average_precision_score`.
 */
export function prepareAveragePrecision(input: MetricInput): PreparedMetric {
  const ranked = rank(input);
  return (weights) => {
    let positives = 0;
    let all = 0;
    let groupPositives = 0;
    let sum = 0;
    for (let place = ranked.length - 1; place >= 0; place--) {
      const word = ranked[place]!;
      const weight = weights[word >>> 2]!;
      all += weight;
      groupPositives += weight * ((word >>> 1) & 1);
      const isGroupStart = place === 0 || (ranked[place - 1]! & 1) === 1;
      if (!isGroupStart || all === 0) continue;
      positives += groupPositives;
      sum += groupPositives * (positives / all);
      groupPositives = 0;
    }
    return positives > 0 ? sum / positives : undefined;
  };
}
