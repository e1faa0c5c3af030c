import type { FeatureColumn } from "../learners/learner.ts";
import { metrics } from "../metrics/metrics.ts";
import type { Task } from "../spec/model-spec.ts";
import { sortedOrder } from "../statistics/resampling/sorted-order.ts";

const FOLDS = 5;
const MOST_BINS = 1024;
/** Many rows tell a mean, few rows a border between two answers. */
const ROWS_PER_BIN = [20, 5] as const;
/** Weight of the overall mean in a bin's mean, in rows: a level of one row says little. */
const PRIOR_ROWS = 1;

export interface LabelledFeature {
  readonly task: Task;
  readonly classes: number;
  readonly feature: FeatureColumn;
  /** Encoded target, one per row of the feature. */
  readonly target: Float64Array;
}

export interface Strength {
  readonly value: number;
  /** Rows that it was measured on. */
  readonly rows: number;
}

/**
 * How well one feature alone tells the target, on rows that its own estimate did not see.
 *
 * The estimate is the target's mean (or most frequent class) per level or quantile bin, a missing value being a bin
 * of its own, taken over the other four fifths of the rows, so that many rare levels look as weak as they are. Bins of a number are
 * too coarse for what follows the target all along, so its plain order counts too, where that tells more.
 *
 * @returns binary: ROC AUC. Multiclass: share of the errors of "always the most frequent class" that it avoids.
 * Regression: R² of the target's rank, which no unit, logarithm or outlier changes. `undefined`: not measurable.
 */
export function featureStrength(labelled: LabelledFeature): Strength | undefined {
  const { task, classes, feature, target } = labelled;
  const wanted = task === "regression" ? ranks(target) : target;
  const known = feature.kind === "numeric" ? knownRows(feature.values) : null;
  const measured = binnings(feature, known).map((bins): Strength | undefined => {
    const value =
      task === "multiclass"
        ? avoidedErrors(bins, target, classes)
        : task === "binary"
          ? areaByBins(bins, target)
          : metrics.r2.evaluate({ task, classes, target: wanted, predictions: meansByBins(bins, wanted) });
    return value === undefined ? undefined : { value, rows: target.length };
  });
  const ordered = known === null ? undefined : orderStrength(labelled, known);
  return [...measured, ordered].reduce(
    (best, each) => (best === undefined || (each !== undefined && each.value > best.value) ? each : best),
    undefined,
  );
}

/** The values of a number, without the missing ones. */
interface KnownRows {
  /** Rows, also those without a value. */
  readonly all: number;
  /** [known]: in the order of the rows. */
  readonly values: Float64Array;
  /** [known]: which rows they are of. */
  readonly rows: Uint32Array;
  /** [known]: places of the values from the smallest to the largest. */
  readonly order: Uint32Array;
}

function knownRows(all: Float32Array): KnownRows {
  const rows = new Uint32Array(all.length);
  let known = 0;
  for (let row = 0; row < all.length; row++) if (!Number.isNaN(all[row])) rows[known++] = row;
  const values = new Float64Array(known);
  for (let place = 0; place < known; place++) values[place] = all[rows[place]!]!;
  return { all: all.length, values, rows: rows.subarray(0, known), order: sortedOrder(values) };
}

/** A column that most rows have no value in is told by other signs. */
const LEAST_KNOWN = 0.5;

/** What the order of a number tells as it is, on the rows that have a value: nothing is fitted but its direction, or the class of the nearest value. */
function orderStrength({ task, target, classes }: LabelledFeature, known: KnownRows): Strength | undefined {
  const { rows } = known;
  if (rows.length < LEAST_KNOWN * target.length) return undefined;
  if (task === "regression") {
    const value = squaredCorrelation(ranks(known.values), ranks(Float64Array.from(rows, (row) => target[row]!)));
    return Number.isNaN(value) ? undefined : { value, rows: rows.length };
  }
  const { predictions, wanted } = inOrder(known, target);
  if (task === "multiclass") {
    const value = avoidedByNeighbours(predictions, wanted, classes);
    return value === undefined ? undefined : { value, rows: rows.length };
  }
  const area = metrics.rocAuc.evaluate({ task, classes: 2, target: wanted, predictions });
  return area === undefined ? undefined : { value: Math.max(area, 1 - area), rows: rows.length };
}

/** The values from the smallest to the largest, and the target beside each. */
function inOrder({ values, rows, order }: KnownRows, target: Float64Array) {
  const [predictions, wanted] = [new Float64Array(order.length), new Float64Array(order.length)];
  for (let at = 0; at < order.length; at++) {
    predictions[at] = values[order[at]!]!;
    wanted[at] = target[rows[order[at]!]!]!;
  }
  return { predictions, wanted };
}

/** Each row gets the class of the row with the nearest other value. */
function avoidedByNeighbours(ascending: Float64Array, target: Float64Array, classes: number): number | undefined {
  const errorsOfNone = errorsOfMostFrequent(target, classes);
  if (errorsOfNone === 0) return undefined;
  const distance = (a: number, b: number) =>
    a < 0 || b >= ascending.length ? Number.POSITIVE_INFINITY : ascending[b]! - ascending[a]!;
  let errors = 0;
  for (let place = 0; place < ascending.length; place++) {
    const nearest = distance(place - 1, place) <= distance(place, place + 1) ? place - 1 : place + 1;
    if (target[nearest] !== target[place]) errors++;
  }
  return 1 - errors / errorsOfNone;
}

/** NaN where one of them does not vary. */
function squaredCorrelation(a: Float64Array, b: Float64Array): number {
  const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [product, squareA, squareB] = [0, 0, 0];
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row]! - meanA, b[row]! - meanB];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return (product * product) / (squareA * squareB);
}

/** Categories are their own bins; numbers get quantile bins, wide and narrow ones. */
function binnings(feature: FeatureColumn, known: KnownRows | null): Uint16Array[] {
  if (feature.kind === "categorical") return [new Uint16Array(feature.codes)];
  return known === null ? [] : ROWS_PER_BIN.map((rowsPerBin) => quantileBins(known, rowsPerBin));
}

/** Bin of each row, from 0, equal values together; 0: a missing value. */
function quantileBins({ all, values, rows, order }: KnownRows, rowsPerBin: number): Uint16Array {
  const most = Math.max(2, Math.min(MOST_BINS, Math.floor(order.length / rowsPerBin)));
  const uppers: number[] = [];
  for (let bin = 1; bin <= most; bin++) {
    const upper = values[order[Math.ceil((bin * order.length) / most) - 1]!];
    if (upper !== undefined && upper !== uppers.at(-1)) uppers.push(upper);
  }
  const bins = new Uint16Array(all);
  let bin = 1;
  for (let at = 0; at < order.length; at++) {
    const place = order[at]!;
    while (uppers[bin - 1]! < values[place]!) bin++;
    bins[rows[place]!] = bin;
  }
  return bins;
}

/** ROC AUC of `meansByBins`: the rows of a cell have one score, so that one row of each class stands for all of them. */
function areaByBins(bins: Uint16Array, target: Float64Array): number | undefined {
  const { means, sums, counts } = foldedMeans(bins, target);
  const [labels, predictions, weights] = [0, 1, 2].map(() => new Float64Array(2 * means.length));
  for (let cell = 0; cell < means.length; cell++) {
    labels![2 * cell] = 1;
    weights![2 * cell] = sums[cell]!;
    weights![2 * cell + 1] = counts[cell]! - sums[cell]!;
    predictions!.fill(means[cell]!, 2 * cell, 2 * cell + 2);
  }
  const rows = { target: labels!, predictions: predictions!, weights: weights! };
  return metrics.rocAuc.evaluate({ task: "binary", classes: 2, ...rows });
}

/** [rows]: mean target of the row's bin, without the fold that the row is in. */
function meansByBins(bins: Uint16Array, target: Float64Array): Float64Array {
  const { means } = foldedMeans(bins, target);
  const ofRows = new Float64Array(bins.length);
  for (let row = 0; row < bins.length; row++) ofRows[row] = means[cellOf(bins, row)]!;
  return ofRows;
}

/** Of each bin and fold, [bins × folds]. */
interface FoldedMeans {
  /** Mean target of the bin's rows in the other folds. */
  readonly means: Float64Array;
  /** Of the target over the rows of this fold. */
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

const cellOf = (bins: Uint16Array, row: number) => bins[row]! * FOLDS + (row % FOLDS);

function foldedMeans(bins: Uint16Array, target: Float64Array): FoldedMeans {
  const cells = (maximum(bins) + 1) * FOLDS;
  const sums = new Float64Array(cells);
  const counts = new Float64Array(cells);
  let total = 0;
  for (let row = 0; row < bins.length; row++) {
    const cell = cellOf(bins, row);
    sums[cell]! += target[row]!;
    counts[cell]! += 1;
    total += target[row]!;
  }
  const mean = total / target.length;
  const means = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    let sum = mean * PRIOR_ROWS;
    let count = PRIOR_ROWS;
    const first = cell - (cell % FOLDS);
    for (let other = first; other < first + FOLDS; other++) {
      if (other === cell) continue;
      sum += sums[other]!;
      count += counts[other]!;
    }
    means[cell] = sum / count;
  }
  return { means, sums, counts };
}

function avoidedErrors(bins: Uint16Array, target: Float64Array, classes: number): number | undefined {
  const size = maximum(bins) + 1;
  const overall = countsOf(target, classes);
  const errorsOfNone = errorsOfMostFrequent(target, classes);
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

function countsOf(target: Float64Array, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const label of target) counts[label]! += 1;
  return counts;
}

const errorsOfMostFrequent = (target: Float64Array, classes: number) =>
  target.length - countsOf(target, classes).reduce((a, b) => Math.max(a, b));

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
  const order = sortedOrder(values);
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
