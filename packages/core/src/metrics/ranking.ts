import { sortedOrder } from "../statistics/resampling/sorted-order.ts";
import type { MetricInput, PreparedMetric } from "./metric.ts";

interface Ranking {
  /** Row numbers by score, ascending. */
  readonly order: Uint32Array;
  /** 1 where the row at this place is positive, else 0: multiplied by, since a branch on it costs three times as much. */
  readonly positive: Float64Array;
  /** 1 where the next place has a larger score, so that tied rows form one group. */
  readonly groupEnd: Uint8Array;
}

function rank({ target, predictions }: MetricInput): Ranking {
  const order = sortedOrder(predictions);
  const positive = new Float64Array(order.length);
  const groupEnd = new Uint8Array(order.length);
  for (let place = 0; place < order.length; place++) {
    positive[place] = target[order[place]!] === 1 ? 1 : 0;
    const isLast = place + 1 === order.length;
    groupEnd[place] = isLast || predictions[order[place]!] !== predictions[order[place + 1]!] ? 1 : 0;
  }
  return { order, positive, groupEnd };
}

/**
 * Area under the ROC curve: the probability that a positive row scores above a negative one, ties counting half.
 *
 * Undefined when either class has no weight. Source: Hanley & McNeil (1982), Radiology 143.
 */
export function prepareRocAuc(input: MetricInput): PreparedMetric {
  const { order, positive, groupEnd } = rank(input);
  return (weights) => {
    let below = 0; // weight of negatives with a smaller score
    let positives = 0;
    let area = 0;
    let group = 0;
    let groupPositives = 0;
    for (let place = 0; place < order.length; place++) {
      const weight = weights[order[place]!]!;
      group += weight;
      groupPositives += weight * positive[place]!;
      if (groupEnd[place] === 0) continue;
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
  const { order, positive, groupEnd } = rank(input);
  return (weights) => {
    let positives = 0;
    let all = 0;
    let groupPositives = 0;
    let sum = 0;
    for (let place = order.length - 1; place >= 0; place--) {
      const weight = weights[order[place]!]!;
      all += weight;
      groupPositives += weight * positive[place]!;
      const isGroupStart = place === 0 || groupEnd[place - 1] === 1;
      if (!isGroupStart || all === 0) continue;
      positives += groupPositives;
      sum += groupPositives * (positives / all);
      groupPositives = 0;
    }
    return positives > 0 ? sum / positives : undefined;
  };
}
