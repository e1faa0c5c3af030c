import type { MetricInput, PreparedMetric } from "./metric.ts";

/** Probabilities are kept this far from 0 and 1, so that one certain and wrong row costs 34.5, not infinity. */
const probabilityFloor = 1e-15;
/** Smallest divisor of a percentage error and smallest mean of counts, scikit-learn's choice for the first: the error explodes, it does not vanish. */
const smallestTarget = 2.220446049250313e-16;

/** One loss per row, [rows]. */
export type RowLosses = (input: MetricInput) => Float64Array;

/** The weighted mean of row losses, passed through `finish`; undefined without weight. */
export function prepareMeanLoss(rowLosses: RowLosses, finish = (mean: number) => mean) {
  return (input: MetricInput): PreparedMetric => {
    const losses = rowLosses(input);
    return (weights) => {
      let total = 0;
      let sum = 0;
      for (let row = 0; row < losses.length; row++) {
        total += weights[row]!;
        sum += weights[row]! * losses[row]!;
      }
      return total > 0 ? finish(sum / total) : undefined;
    };
  };
}

/**
 * Minus the natural logarithm of the probability given to the true class: 0 for a certain and right row, 0.693 for a
 * coin's 0.5. The clip is that of scikit-learn before 1.5.
 */
export function logLosses({ task, classes, target, predictions }: MetricInput): Float64Array {
  const clipped = (probability: number) => Math.min(Math.max(probability, probabilityFloor), 1 - probabilityFloor);
  return target.map((label, row) => {
    if (task === "multiclass") return -Math.log(clipped(label < 0 ? 0 : predictions[row * classes + label]!));
    const positive = clipped(predictions[row]!);
    return -Math.log(label === 1 ? positive : 1 - positive);
  });
}

/** Squared distance of the prediction from the target: the Brier score's row for a probability, MSE's for a value. */
export function squaredErrors({ target, predictions }: MetricInput): Float64Array {
  return target.map((value, row) => {
    const error = predictions[row]! - value;
    return error * error;
  });
}

export function absoluteErrors({ target, predictions }: MetricInput): Float64Array {
  return target.map((value, row) => Math.abs(predictions[row]! - value));
}

/** Absolute error as a share of the target; 0.1 is ten percent. */
export function percentageErrors({ target, predictions }: MetricInput): Float64Array {
  return target.map((value, row) => Math.abs(predictions[row]! - value) / Math.max(Math.abs(value), smallestTarget));
}

/**
 * Loss of a prediction of the given quantile: a target above it costs `quantile` per unit, one below 1 − `quantile`.
 *
 * Source: Koenker & Bassett (1978), Econometrica 46.
 */
export function pinballLosses({ target, predictions, settings }: MetricInput): Float64Array {
  const quantile = settings?.quantile ?? 0.5;
  return target.map((value, row) => {
    const above = value - predictions[row]!;
    return above >= 0 ? quantile * above : (quantile - 1) * above;
  });
}

/**
 * 2 (y log(y / μ) − y + μ) for a target y and a predicted mean μ: 0 where they are equal. NaN, and so undefined, for a target
 * below 0. A prediction of 0 or less counts as `smallestTarget`, so that one row costs much, not infinitely much.
 *
 * Source: McCullagh & Nelder (1989), Generalized Linear Models, 2.3.
 */
export function poissonDeviances({ target, predictions }: MetricInput): Float64Array {
  return target.map((value, row) => {
    if (value < 0) return NaN;
    const mean = Math.max(predictions[row]!, smallestTarget);
    return 2 * ((value === 0 ? 0 : value * Math.log(value / mean)) - value + mean);
  });
}

/**
 * Share of the target's variance that the predictions explain; negative when they are worse than its mean.
 *
 * Undefined for a constant target, and so for fewer than two rows.
 */
export function prepareRSquared(input: MetricInput): PreparedMetric {
  const errors = squaredErrors(input);
  const { target } = input;
  return (weights) => {
    let total = 0;
    let sum = 0;
    let least = Infinity;
    let most = -Infinity;
    for (let row = 0; row < target.length; row++) {
      const weight = weights[row]!;
      if (weight === 0) continue;
      total += weight;
      sum += weight * target[row]!;
      least = Math.min(least, target[row]!);
      most = Math.max(most, target[row]!);
    }
    if (!(most > least)) return undefined;
    const mean = sum / total;
    let unexplained = 0;
    let spread = 0;
    for (let row = 0; row < target.length; row++) {
      const distance = target[row]! - mean;
      unexplained += weights[row]! * errors[row]!;
      spread += weights[row]! * (distance * distance);
    }
    return 1 - unexplained / spread;
  };
}
