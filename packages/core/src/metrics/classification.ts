import type { BuiltInMetric } from "../spec/metric-names.ts";
import type { Confusion } from "./confusion.ts";

/** A number per class, undefined where it has no denominator. */
type PerClass = (confusion: Confusion, label: number) => number | undefined;

function ratio(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}

function hits({ cells, classes }: Confusion, label: number): number {
  return cells[label * classes + label]!;
}

/** Of the rows predicted to be of the class, the share that is. Undefined when none is predicted. */
export const precisionOf: PerClass = (confusion, label) => ratio(hits(confusion, label), confusion.predicted[label]!);

/** Of the rows of the class, the share that is found. Undefined when there is none. */
export const recallOf: PerClass = (confusion, label) => ratio(hits(confusion, label), confusion.actual[label]!);

/** Harmonic mean of precision and recall; undefined only when the class is neither present nor predicted. */
export const f1Of: PerClass = (confusion, label) =>
  ratio(2 * hits(confusion, label), confusion.actual[label]! + confusion.predicted[label]!);

/** Share of rows whose class is right. */
export function accuracy(confusion: Confusion): number | undefined {
  let right = 0;
  for (let label = 0; label < confusion.classes; label++) right += hits(confusion, label);
  return ratio(right, confusion.total);
}

/** Mean recall over the classes that are present; what is of no known class counts as one more, never found. */
export function balancedAccuracy(confusion: Confusion): number | undefined {
  let sum = 0;
  let present = 0;
  for (let label = 0; label < confusion.classes; label++) {
    if (confusion.actual[label]! === 0) continue;
    sum += recallOf(confusion, label)!;
    present++;
  }
  if (confusion.actual[confusion.classes]! > 0) present++;
  return ratio(sum, present);
}

/** Plain mean over the classes that are present or predicted; one without a denominator counts 0, and so does what is of no known class. */
export function macroAverage(confusion: Confusion, perClass: PerClass): number | undefined {
  let sum = 0;
  let seen = 0;
  for (let label = 0; label < confusion.classes; label++) {
    if (confusion.actual[label]! + confusion.predicted[label]! === 0) continue;
    sum += perClass(confusion, label) ?? 0;
    seen++;
  }
  if (confusion.actual[confusion.classes]! > 0) seen++;
  return ratio(sum, seen);
}

/** Mean over the classes, weighted by how many rows truly have them; a class without a denominator counts 0. */
export function weightedAverage(confusion: Confusion, perClass: PerClass): number | undefined {
  let sum = 0;
  for (let label = 0; label < confusion.classes; label++) {
    sum += confusion.actual[label]! * (perClass(confusion, label) ?? 0);
  }
  return ratio(sum, confusion.total);
}

/**
 * Matthews correlation of true and predicted class, for any number of classes (Gorodkin's R_K).
 *
 * Undefined when only one class is present; 0 when only one is predicted, since that tells nothing apart.
 * Source: Gorodkin (2004), Computational Biology and Chemistry 28.
 */
export function matthewsCorrelation(confusion: Confusion): number | undefined {
  const { actual, predicted, total, classes } = confusion;
  let right = 0;
  let product = 0;
  let actualSquares = actual[classes]! * actual[classes]!;
  let predictedSquares = 0;
  for (let label = 0; label < classes; label++) {
    right += hits(confusion, label);
    product += actual[label]! * predicted[label]!;
    actualSquares += actual[label]! * actual[label]!;
    predictedSquares += predicted[label]! * predicted[label]!;
  }
  const actualSpread = total * total - actualSquares;
  const predictedSpread = total * total - predictedSquares;
  if (!(actualSpread > 0)) return undefined;
  if (!(predictedSpread > 0)) return 0;
  return (right * total - product) / (Math.sqrt(actualSpread) * Math.sqrt(predictedSpread));
}

/** The metrics that a confusion matrix is enough for. */
export const confusionMetrics = {
  accuracy,
  balancedAccuracy,
  f1: (confusion) => f1Of(confusion, 1),
  f1Macro: (confusion) => macroAverage(confusion, f1Of),
  f1Weighted: (confusion) => weightedAverage(confusion, f1Of),
  mcc: matthewsCorrelation,
  precision: (confusion) => precisionOf(confusion, 1),
  recall: (confusion) => recallOf(confusion, 1),
} satisfies Partial<Record<BuiltInMetric, (confusion: Confusion) => number | undefined>>;
