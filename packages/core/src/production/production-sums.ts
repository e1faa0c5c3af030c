import type { MetricName } from "../spec/metric-names.ts";
import { addIntegers } from "./add-integers.ts";
import { addEvidence, type CanaryEvidence } from "./canary-bets.ts";
import { addHistograms, type Histogram } from "./histogram.ts";

/** A sum over rows of what is not a count, and of its square, each in units of 2^-20. */
export interface LossSum {
  readonly sum: number;
  readonly squares: number;
}

/**
 * What is kept of rows whose labels are known: integers only, so that any order, split or repetition of the rows gives the same
 * bytes. No row, no key and no value of a column can be read from it.
 */
export interface ProductionSums {
  /** Rows that count in everything below. */
  readonly rows: number;
  /** Rows whose answer or label is not a finite number. */
  readonly unusable: number;
  /** By metric, those whose row losses are bounded. */
  readonly losses: Readonly<Record<MetricName, LossSum>>;
  /** Binary: of the scores (`scoreBin`) of negative and of positive rows; else empty. */
  readonly scores: readonly Histogram[];
  /** [(classes + 1) × classes] rows, laid out as `Confusion.cells`; empty for regression. */
  readonly confusion: readonly number[];
  /** Regression: of prediction − label (`valueBin`); else empty. */
  readonly errors: Histogram;
  /** Regression: of label − `centre` (`valueBin`); else empty. */
  readonly labels: Histogram;
  /** By metric, those that are a mean of numbers without bound: of each row's number (`valueBin`). */
  readonly values: Readonly<Record<MetricName, Histogram>>;
  /** Only where a canary was asked, too. */
  readonly evidence?: CanaryEvidence;
}

/** Exact, commutative and associative. Both must be sums of the same version with the same settings. */
export function addSums(a: ProductionSums, b: ProductionSums): ProductionSums {
  const evidence = a.evidence && b.evidence ? addEvidence(a.evidence, b.evidence) : (a.evidence ?? b.evidence);
  return {
    rows: addIntegers(a.rows, b.rows),
    unusable: addIntegers(a.unusable, b.unusable),
    losses: joined(a.losses, b.losses, (x, y) => ({
      sum: addIntegers(x.sum, y.sum),
      squares: addIntegers(x.squares, y.squares),
    })),
    scores: longer(a.scores, b.scores).map((_, label) => addHistograms(a.scores[label] ?? [], b.scores[label] ?? [])),
    confusion: longer(a.confusion, b.confusion).map((_, cell) =>
      addIntegers(a.confusion[cell] ?? 0, b.confusion[cell] ?? 0),
    ),
    errors: addHistograms(a.errors, b.errors),
    labels: addHistograms(a.labels, b.labels),
    values: joined(a.values, b.values, addHistograms),
    ...(evidence && { evidence }),
  };
}

/** What adding changes nothing. */
export const noSums: ProductionSums = {
  rows: 0,
  unusable: 0,
  losses: {},
  scores: [],
  confusion: [],
  errors: [],
  labels: [],
  values: {},
};

function longer<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  return a.length < b.length ? b : a;
}

function joined<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  add: (x: T, y: T) => T,
): Record<string, T> {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(
    names.map((name) => {
      const [x, y] = [a[name], b[name]];
      return [name, x === undefined ? y! : y === undefined ? x : add(x, y)];
    }),
  );
}
