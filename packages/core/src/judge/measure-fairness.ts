import type { MetricSettings } from "../metrics/metric.ts";
import { bootstrapP } from "../statistics/resampling/bootstrap-p.ts";
import { poissonBootstrap } from "../statistics/resampling/poisson-bootstrap.ts";
import { quantile } from "../statistics/resampling/quantile.ts";
import { pickRows } from "./pick-rows.ts";
import { isSufficientSlice } from "./sufficient-slice.ts";

/** Shares of a group's rows that the model calls positive (from the threshold on): of all, of true positives, of true negatives. */
export interface Rates {
  readonly selectionRate: number | undefined;
  readonly truePositiveRate: number | undefined;
  readonly falsePositiveRate: number | undefined;
}

export interface FairnessGroup {
  readonly value: string;
  readonly rows: number;
  /** 100 rows and 10 of each class; others are shown, never judged. */
  readonly sufficient: boolean;
  readonly champion: Rates | null;
  readonly challenger: Rates;
}

/** A number that compares groups, for both models on the same rows. */
export interface GroupContrast {
  readonly champion: number | undefined;
  readonly challenger: number | undefined;
  /** 90 % interval of the challenger's. */
  readonly interval: readonly [number, number] | null;
  /** One-sided bootstrap p of "the challenger is not worse than the champion"; `null`: not tested. */
  readonly pWorse: number | null;
}

/** How alike a binary model treats the groups of one column. */
export interface FairnessFacts {
  readonly column: string;
  readonly groups: readonly FairnessGroup[];
  /** Lowest selection rate over the highest; 1: all are equal. `undefined` where no group is ever selected. */
  readonly selectionRatio: GroupContrast;
  /** Highest true positive rate less the lowest: equal opportunity; 0: all are equal. */
  readonly opportunityGap: GroupContrast;
}

export interface FairnessRequest {
  readonly column: string;
  /** `members` are indices into the holdout's rows. */
  readonly groups: readonly { readonly value: string; readonly members: Uint32Array }[];
  /** [rows]: 0 or 1. */
  readonly target: Float64Array;
  /** [rows]: probability of the positive class; `null`: there is no champion. */
  readonly champion: Float64Array | null;
  readonly challenger: Float64Array;
  /** [rows]: sample weights; `null`: all 1. */
  readonly weights?: Float64Array | null;
  /** [rows]: number of the group that each row is drawn with, from 0; `null`: each row independently. */
  readonly clusters?: Int32Array | null;
  readonly settings?: MetricSettings;
  readonly seed: number;
  readonly replicates: number;
}

/**
 * Selection rates and true positive rates per group, and paired bootstrap tests of how they differ.
 *
 * Example: groups selected at rates 0.30, 0.24 and 0.27 have the selection ratio 0.24 / 0.30 = 0.8, the limit of the
 * four-fifths rule. O(replicates × rows).
 *
 * Source: the four-fifths rule (29 CFR 1607.4 D); Hardt, Price & Srebro (2016), "Equality of opportunity".
 */
export function measureFairness(request: FairnessRequest): FairnessFacts {
  const { column, target, champion, challenger } = request;
  const once = request.weights ?? new Float64Array(target.length).fill(1);
  const groups = request.groups.map(({ value, members }): FairnessGroup => {
    const counts = (predictions: Float64Array) => ratesOf(tally(members, request, predictions, once));
    return {
      value,
      rows: members.length,
      sufficient: isSufficientSlice("binary", pickRows(target, members)),
      champion: champion && counts(champion),
      challenger: counts(challenger),
    };
  });
  const judged = request.groups.flatMap(({ members }, i) => (groups[i]!.sufficient ? [members] : []));
  return {
    column,
    groups,
    selectionRatio: contrast(request, judged, lowestOverHighest, -1),
    opportunityGap: contrast(request, judged, widestGap, 1),
  };
}

/** @param worse the sign of a change for the worse. */
function contrast(
  request: FairnessRequest,
  groups: readonly Uint32Array[],
  measure: (rates: readonly Rates[]) => number | undefined,
  worse: 1 | -1,
): GroupContrast {
  if (groups.length < 2) return { champion: undefined, challenger: undefined, interval: null, pWorse: null };
  const { target, champion, challenger, weights = null, clusters = null, seed, replicates } = request;
  const of = (predictions: Float64Array, counts: Float64Array) =>
    measure(groups.map((members) => ratesOf(tally(members, request, predictions, counts))));
  const drawn = { ...(weights && { weights }), ...(clusters && { groups: clusters }) };
  const resample = (statistic: (counts: Float64Array) => number | undefined) =>
    poissonBootstrap({ rows: target.length, replicates, seed, ...drawn, statistic }).values;

  const once = weights ?? new Float64Array(target.length).fill(1);
  const value = of(challenger, once);
  const own = value === undefined ? [] : resample((counts) => of(challenger, counts));
  const before = champion === null ? undefined : of(champion, once);
  const tested = champion !== null && before !== undefined && value !== undefined;
  return {
    champion: before,
    challenger: value,
    interval: own.length > 1 ? [quantile(own, 0.05), quantile(own, 0.95)] : null,
    pWorse: tested
      ? bootstrapP(resample((counts) => change(of(champion, counts), of(challenger, counts), worse)))
      : null,
  };
}

function change(before: number | undefined, after: number | undefined, worse: 1 | -1): number | undefined {
  return before === undefined || after === undefined ? undefined : worse * (after - before);
}

interface Tally {
  rows: number;
  positives: number;
  selected: number;
  truePositives: number;
}

function tally(
  members: Uint32Array,
  { target, settings }: FairnessRequest,
  predictions: Float64Array,
  counts: Float64Array,
): Tally {
  const threshold = settings?.threshold ?? 0.5;
  const sums: Tally = { rows: 0, positives: 0, selected: 0, truePositives: 0 };
  for (const row of members) {
    const count = counts[row]!;
    const selected = predictions[row]! >= threshold ? count : 0;
    sums.rows += count;
    sums.positives += count * target[row]!;
    sums.selected += selected;
    sums.truePositives += selected * target[row]!;
  }
  return sums;
}

function ratesOf({ rows, positives, selected, truePositives }: Tally): Rates {
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : undefined);
  return {
    selectionRate: share(selected, rows),
    truePositiveRate: share(truePositives, positives),
    falsePositiveRate: share(selected - truePositives, rows - positives),
  };
}

function lowestOverHighest(rates: readonly Rates[]): number | undefined {
  const [lowest, highest] = extremes(rates.map(({ selectionRate }) => selectionRate));
  return lowest === undefined || highest === undefined || highest === 0 ? undefined : lowest / highest;
}

function widestGap(rates: readonly Rates[]): number | undefined {
  const [lowest, highest] = extremes(rates.map(({ truePositiveRate }) => truePositiveRate));
  return lowest === undefined || highest === undefined ? undefined : highest - lowest;
}

/** Nothing when one of the values is not defined. */
function extremes(values: readonly (number | undefined)[]): [number, number] | [] {
  const known = values.filter((value) => value !== undefined);
  return known.length < values.length ? [] : [Math.min(...known), Math.max(...known)];
}
