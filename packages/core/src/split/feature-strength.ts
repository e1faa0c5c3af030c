import type { FeatureColumn } from "../learners/learner.ts";
import { metrics } from "../metrics/metrics.ts";
import type { Task } from "../spec/model-spec.ts";
import { firstAtLeast } from "./first-at-least.ts";

const FOLDS = 5;
const MOST_BINS = 256;
const ROWS_PER_BIN = 20;
/** Weight of the overall mean in a bin's mean, in rows: a level of one row says little. */
const PRIOR_ROWS = 1;

export interface LabelledFeature {
  readonly task: Task;
  readonly classes: number;
  readonly feature: FeatureColumn;
  /** Encoded target, one per row of the feature. */
  readonly target: Float64Array;
}

/**
 * How well one feature alone tells the target, on rows that its own estimate did not see.
 *
 * The estimate is the target's mean (or most frequent class) per level or quantile bin, a missing value being a bin
 * of its own, taken over the other four fifths of the rows, so that many rare levels look as weak as they are.
 *
 * @returns binary: ROC AUC. Multiclass: share of the errors of "always the most frequent class" that it avoids.
 * Regression: R² of the target's rank, which no unit, logarithm or outlier changes. `undefined`: not measurable.
 */
export function featureStrength({ task, classes, feature, target }: LabelledFeature): number | undefined {
  const bins = binsOf(feature);
  if (task === "multiclass") return avoidedErrors(bins, target, classes);
  const wanted = task === "binary" ? target : ranks(target);
  const predictions = foldedMeans(bins, wanted);
  const metric = task === "binary" ? metrics.rocAuc : metrics.r2;
  return metric.evaluate({ task, classes, target: wanted, predictions });
}

/** Bin of each row, from 0. Categories are their own bins; numbers get quantile bins, equal values together. */
function binsOf(feature: FeatureColumn): Uint16Array {
  if (feature.kind === "categorical") return Uint16Array.from(feature.codes);
  const { values } = feature;
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const most = Math.max(2, Math.min(MOST_BINS, Math.floor(sorted.length / ROWS_PER_BIN)));
  const uppers: number[] = [];
  for (let bin = 1; bin <= most; bin++) {
    const upper = sorted[Math.ceil((bin * sorted.length) / most) - 1];
    if (upper !== undefined && upper !== uppers.at(-1)) uppers.push(upper);
  }
  return Uint16Array.from(values, (value) => (Number.isNaN(value) ? 0 : firstAtLeast(uppers, value) + 1));
}

function foldedMeans(bins: Uint16Array, target: Float64Array): Float64Array {
  const size = maximum(bins) + 1;
  const sums = new Float64Array(size * FOLDS);
  const counts = new Float64Array(size * FOLDS);
  let total = 0;
  bins.forEach((bin, row) => {
    const cell = bin * FOLDS + (row % FOLDS);
    sums[cell]! += target[row]!;
    counts[cell]! += 1;
    total += target[row]!;
  });
  const mean = total / target.length;
  return Float64Array.from(bins, (bin, row) => {
    let sum = mean * PRIOR_ROWS;
    let count = PRIOR_ROWS;
    for (let fold = 0; fold < FOLDS; fold++) {
      if (fold === row % FOLDS) continue;
      sum += sums[bin * FOLDS + fold]!;
      count += counts[bin * FOLDS + fold]!;
    }
    return sum / count;
  });
}

function avoidedErrors(bins: Uint16Array, target: Float64Array, classes: number): number | undefined {
  const size = maximum(bins) + 1;
  const overall = new Float64Array(classes);
  for (const label of target) overall[label]! += 1;
  const errorsOfNone = target.length - overall.reduce((a, b) => Math.max(a, b));
  if (errorsOfNone === 0) return undefined;

  let errors = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const counts = new Float64Array(size * classes);
    for (let row = 0; row < target.length; row++) {
      if (row % FOLDS !== fold) counts[bins[row]! * classes + target[row]!]! += 1;
    }
    const guesses = Array.from({ length: size }, (_, bin) =>
      indexOfMaximum(counts.subarray(bin * classes, (bin + 1) * classes), overall),
    );
    for (let row = fold; row < target.length; row += FOLDS) {
      if (guesses[bins[row]!] !== target[row]) errors++;
    }
  }
  return 1 - errors / errorsOfNone;
}

/** Ties, and bins that no other row is in, go to the class that is more frequent overall. */
function indexOfMaximum(counts: Float64Array, overall: Float64Array): number {
  let best = 0;
  for (let i = 1; i < counts.length; i++) {
    if (counts[i]! > counts[best]! || (counts[i] === counts[best] && overall[i]! > overall[best]!)) best = i;
  }
  return best;
}

/** Mid-ranks from 0 to 1. */
function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const result = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) result[order[i]!] = (start + end) / 2 / values.length;
    start = end;
  }
  return result;
}

function maximum(bins: Uint16Array): number {
  return bins.reduce((a, b) => Math.max(a, b), 0);
}
