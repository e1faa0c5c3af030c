import { predictedClasses } from "../metrics/confusion.ts";
import { improvement as improvementOf, metricOf } from "../metrics/metrics.ts";
import { isBuiltIn, type MetricName } from "../spec/metric-names.ts";
import { deLong } from "./paired/delong.ts";
import { mcNemar } from "./paired/mcnemar.ts";
import { normalQuantile, normalSf } from "./special/normal.ts";
import { bootstrapP } from "./resampling/bootstrap-p.ts";
import {
  type DrawReplicates,
  drawReplicates,
  type ModelPair,
  type PairedRows,
} from "./resampling/paired-replicates.ts";
import { definedReplicates } from "./resampling/poisson-bootstrap.ts";
import { quantile } from "./resampling/quantile.ts";

interface BootstrapPolicy {
  /** Resamples of the bootstrap. Default 2000, or 10,000 when `alpha` is below 0.005. */
  readonly replicates?: number;
  /** One-sided error rate that the interval is for. Default 0.05. */
  readonly alpha?: number;
  /** Draws the resamples; absent: this thread. */
  readonly draw?: DrawReplicates | undefined;
}

export interface PairedRequest extends PairedRows, ModelPair, BootstrapPolicy {}

/** Several pairs on the same rows. */
interface PairsRequest extends PairedRows, BootstrapPolicy {
  readonly pairs: readonly ModelPair[];
}

/**
 * - `no-information`: the two cannot be told apart on these rows, whatever the truth is
 * - `undefined-metric`: the metric is not defined for one of them on these rows
 * - `too-few-rows`: no spread can be estimated
 */
export type NoTestReason = "no-information" | "undefined-metric" | "too-few-rows";

export interface PairedComparison {
  readonly metric: MetricName;
  readonly champion: number | undefined;
  readonly challenger: number | undefined;
  /** Positive: the challenger is better, whichever way the metric points. */
  readonly improvement: number | undefined;
  /** Two-sided at 1 − 2 alpha (90 % by default): each end is the bound of a one-sided test at alpha. */
  readonly interval: readonly [number, number] | null;
  /** Of the improvement. */
  readonly standardError: number | null;
  /** One-sided p of "the challenger is not better" (improvement ≤ 0). */
  readonly pSuperior: number | null;
  /** One-sided p of "the challenger is not worse" (improvement ≥ 0). */
  readonly pInferior: number | null;
  readonly method: "delong" | "mcnemar" | "paired-bootstrap" | "none";
  /** Of a metric of the model's own, whose name does not tell; absent: built in. */
  readonly higherIsBetter?: boolean;
  /** Of a metric of the model's own: standard deviation of the champion's numbers per row. Its margins are measured by it. */
  readonly spread?: number;
  /** Why there is no test; absent when there is one. */
  readonly reason?: NoTestReason;
}

/** Undefined in more than this share of resamples: the resampled distribution no longer stands for the metric. */
const mostUndefined = 0.01;

/**
 * Compares champion and challenger on the same rows: for plain rows DeLong's test of the ROC AUC and McNemar's of the
 * accuracy, else a paired bootstrap in which both are measured on each resample.
 *
 * O(rows log rows) by formula, O(replicates × rows) by bootstrap. The same request gives the same numbers on every machine. The bootstrap's p is (1 + #{improvement ≤ 0}) / (B + 1);
 * when no resample is that low, the normal tail if smaller, so that a test at a small spent alpha can still succeed.
 */
export function comparePaired({ metric, champion, challenger, ...request }: PairedRequest): PairedComparison {
  return comparePairs({ ...request, pairs: [{ metric, champion, challenger }] })[0]!;
}

/** As `comparePaired` each, in the order of `pairs`; where several need a bootstrap, in less time than one after the other. */
export function comparePairs({ pairs, draw = drawReplicates, ...request }: PairsRequest): PairedComparison[] {
  const { alpha = 0.05, replicates = alpha < 0.005 ? 10_000 : 2000, ...rows } = request;
  const begun = pairs.map((pair) => beginComparison({ ...rows, ...pair, alpha }));
  const open = pairs.filter((_, i) => typeof begun[i] === "function");
  const drawn = open.length === 0 ? [] : draw({ ...rows, pairs: open, replicates });
  let next = 0;
  return begun.map((each) => (typeof each === "function" ? each(drawn[next++]!) : each));
}

/** A pair, and the error rate that its interval is for. */
interface ResampledPair extends PairedRows, ModelPair {
  readonly alpha: number;
}

/** The comparison, or what it becomes with the improvements in resamples, NaN where it is not defined. */
type Begun<Comparison> = Comparison | ((drawn: Float64Array) => Comparison);

function beginComparison(request: ResampledPair): Begun<PairedComparison> {
  const { metric, champion, challenger } = request;
  const definition = metricOf(metric, request.settings);
  const scores = {
    metric,
    champion: definition.evaluate({ ...request, predictions: champion }),
    challenger: definition.evaluate({ ...request, predictions: challenger }),
    ...(isBuiltIn(metric) ? {} : { higherIsBetter: definition.higherIsBetter, spread: spreadOf(request) }),
  };
  if (scores.champion === undefined || scores.challenger === undefined) {
    return { ...scores, improvement: undefined, ...noTest("undefined-metric") };
  }
  const improvement = improvementOf(definition, scores.champion, scores.challenger);
  if (champion.every((value, i) => value === challenger[i])) {
    return { ...scores, improvement, ...noTest("no-information") };
  }
  const test = beginTest(request, improvement);
  if (typeof test !== "function") return { ...scores, improvement, ...test };
  return (drawn) => ({ ...scores, improvement, ...test(drawn) });
}

function beginTest(request: ResampledPair, improvement: number): Begun<PairedTest> {
  return formulaTest(request, improvement) ?? ((drawn) => bootstrapTest(drawn, improvement, request.alpha));
}

/** `null` where there is none: both formulas take rows to be independent and alike. */
function formulaTest(request: ResampledPair, improvement: number): Begun<PairedTest> | null {
  const { metric, weights, groups } = request;
  if (weights !== undefined || groups !== undefined) return null;
  if (metric === "rocAuc") return deLongTest(request);
  return metric === "accuracy" ? mcNemarTest(request, improvement) : null;
}

/** Standard deviation of the champion's numbers per row, weighted. */
function spreadOf({ champion, weights }: Pick<ResampledPair, "champion" | "weights">): number {
  const weightOf = (row: number) => weights?.[row] ?? 1;
  const total = champion.reduce((sum, _, row) => sum + weightOf(row), 0);
  const mean = champion.reduce((sum, value, row) => sum + weightOf(row) * value, 0) / total;
  const squares = champion.reduce((sum, value, row) => sum + weightOf(row) * (value - mean) * (value - mean), 0);
  return Math.sqrt(squares / total);
}

type PairedTest = Pick<
  PairedComparison,
  "interval" | "standardError" | "pSuperior" | "pInferior" | "method" | "reason"
>;

function noTest(reason: NoTestReason): PairedTest {
  return { interval: null, standardError: null, pSuperior: null, pInferior: null, method: "none", reason };
}

/** `null` where DeLong says nothing about the spread although the two differ; the bootstrap then decides. */
function deLongTest({ target, champion, challenger, alpha }: ResampledPair): PairedTest | null {
  const result = deLong(target, champion, challenger);
  if (result === null) return noTest("too-few-rows");
  const { difference, standardError } = result;
  if (standardError === 0) return difference === 0 ? noTest("no-information") : null;
  const reach = normalQuantile(1 - alpha) * standardError;
  return {
    interval: [difference - reach, difference + reach],
    standardError,
    pSuperior: normalSf(difference / standardError),
    pInferior: normalSf(-difference / standardError),
    method: "delong",
  };
}

/** Fewer rows than this on which only one model is right, and the normal interval of their difference is too rough. */
const leastDiscordant = 25;

/** Exact p-values; the standard error is that of a difference of two paired shares. */
function mcNemarTest(request: ResampledPair, improvement: number): Begun<PairedTest> {
  const { target, champion, challenger, alpha } = request;
  const before = predictedClasses({ ...request, predictions: champion });
  const after = predictedClasses({ ...request, predictions: challenger });
  const rows = target.length;
  let [onlyChampion, onlyChallenger] = [0, 0];
  for (let row = 0; row < rows; row++) {
    if (before[row] === after[row]) continue;
    if (before[row] === target[row]) onlyChampion++;
    else if (after[row] === target[row]) onlyChallenger++;
  }
  const discordant = onlyChampion + onlyChallenger;
  if (discordant === 0) return noTest("no-information");
  const standardError = Math.sqrt((discordant / rows - improvement * improvement) / rows);
  const reach = normalQuantile(1 - alpha) * standardError;
  const test = {
    standardError,
    pSuperior: mcNemar(onlyChampion, onlyChallenger).pChallengerBetter,
    pInferior: mcNemar(onlyChallenger, onlyChampion).pChallengerBetter,
    method: "mcnemar" as const,
  };
  if (discordant >= leastDiscordant) return { interval: [improvement - reach, improvement + reach], ...test };
  return (drawn) => ({ interval: bootstrapTest(drawn, improvement, alpha).interval, ...test });
}

function bootstrapTest(drawn: Float64Array, improvement: number, alpha: number): PairedTest {
  const { values, undefinedCount } = definedReplicates(drawn);
  if (values.length < 2 || undefinedCount > mostUndefined * drawn.length) return noTest("too-few-rows");
  const standardError = sampleDeviation(values);
  if (standardError === 0 && improvement === 0) return noTest("no-information");
  return {
    interval: [quantile(values, alpha), quantile(values, 1 - alpha)],
    standardError,
    pSuperior: oneSidedP(values, improvement, standardError),
    pInferior: oneSidedP(values.map((value) => -value).reverse(), -improvement, standardError),
    method: "paired-bootstrap",
  };
}

/**
 * p of "the true value is at most 0", from ascending replicates of it. At its floor the bootstrap's p is a bound only;
 * the normal tail then says how far below it the truth may be.
 */
function oneSidedP(values: Float64Array, improvement: number, standardError: number): number {
  const p = bootstrapP(values);
  const isFloor = values[0]! > 0;
  return isFloor && standardError > 0 ? Math.min(p, normalSf(improvement / standardError)) : p;
}

function sampleDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return Math.sqrt(squares / (values.length - 1));
}

/**
 * One-sided p of "the challenger is worse by at least `margin`" (improvement ≤ −margin), by the normal approximation.
 *
 * Models that cannot be told apart are non-inferior at any positive margin: p 0. `null` where nothing could be tested.
 */
export function pNonInferior(comparison: PairedComparison, margin: number): number | null {
  const { improvement, standardError, reason } = comparison;
  if (reason === "no-information") return margin > 0 ? 0 : 1;
  if (improvement === undefined || standardError === null) return null;
  if (standardError === 0) return improvement > -margin ? 0 : 1;
  return normalSf((improvement + margin) / standardError);
}
