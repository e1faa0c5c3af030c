import { improvement, metricOf } from "../metrics/metrics.ts";
import type { MetricInput, MetricSettings } from "../metrics/metric.ts";
import type { MetricName, Task } from "../spec/model-spec.ts";
import { poissonBootstrap } from "./resampling/poisson-bootstrap.ts";
import { quantile } from "./resampling/quantile.ts";

/** Rows with their answers and one model's predictions, laid out as `Predictor.predict` documents. */
export interface ScoredRows {
  /** [rows]: encoded, see `MetricInput`. */
  readonly target: Float64Array;
  /** What the metric is computed from (`answersFor`): [rows], or for multiclass [rows × classes]. */
  readonly predictions: Float64Array;
  /** [rows]: sample weights, not negative; absent: all 1. */
  readonly weights?: Float64Array;
}

/** What a model reached on rows that it has learned from since, so that it cannot be scored on them again. */
export interface MeasuredThen {
  readonly value: number;
  readonly rows: number;
}

export interface Decline {
  readonly metric: MetricName;
  readonly before: number;
  readonly now: number;
  /** Rows now. */
  readonly rows: number;
  /** The improvement is below this with 95 % confidence; negative: the model has become worse. */
  readonly upper: number;
}

/** Undefined in more than this share of resamples: they no longer stand for the metric. */
const mostUndefined = 0.01;

export interface DeclineRequest {
  readonly metric: MetricName;
  readonly task: Task;
  readonly classes: number;
  readonly settings?: MetricSettings;
  readonly before: ScoredRows | MeasuredThen;
  readonly now: ScoredRows;
  readonly seed: number;
  readonly replicates?: number;
}

/**
 * How one model does on other rows than before: an unpaired bootstrap, in which both sets are resampled (Efron &
 * Tibshirani 1993, section 8.2). O(replicates × rows of both). Of rows that only a value is left of, the error is taken to be
 * that of the rows now, by the square root of how many there are.
 *
 * @returns `null` where the metric is not defined on one of the sets, or on too many of their resamples.
 */
export function measureDecline(request: DeclineRequest): Decline | null {
  const { before } = request;
  return "value" in before ? declineFrom(before, request) : declineBetween(before, request);
}

function declineFrom(before: MeasuredThen, request: DeclineRequest): Decline | null {
  const { metric, task, classes, settings = {}, now, seed, replicates = 1000 } = request;
  const definition = metricOf(metric, settings);
  const input: MetricInput = { task, classes, settings, ...now };
  const is = definition.evaluate(input);
  if (is === undefined) return null;
  const ofNow = definition.prepare(input);
  const { values, undefinedCount } = poissonBootstrap({
    rows: now.target.length,
    replicates,
    seed,
    ...(now.weights && { weights: now.weights }),
    statistic(counts) {
      const drawn = ofNow(counts);
      return drawn === undefined ? undefined : improvement(definition, before.value, drawn);
    },
  });
  if (values.length === 0 || undefinedCount > mostUndefined * replicates) return null;
  const change = improvement(definition, before.value, is);
  const widened = Math.sqrt(1 + now.target.length / before.rows);
  const upper = change + (quantile(values, 0.95) - change) * widened;
  return { metric, before: before.value, now: is, rows: now.target.length, upper };
}

function declineBetween(before: ScoredRows, request: DeclineRequest): Decline | null {
  const { metric, task, classes, settings = {}, now, seed, replicates = 1000 } = request;
  const definition = metricOf(metric, settings);
  const [first, second] = [before, now].map((rows) => ({ task, classes, settings, ...rows })) as [
    MetricInput,
    MetricInput,
  ];
  const [was, is] = [definition.evaluate(first), definition.evaluate(second)];
  if (was === undefined || is === undefined) return null;

  const [ofBefore, ofNow] = [definition.prepare(first), definition.prepare(second)];
  const split = before.target.length;
  const weights = before.weights && now.weights && Float64Array.of(...before.weights, ...now.weights);
  const { values, undefinedCount } = poissonBootstrap({
    rows: split + now.target.length,
    replicates,
    seed,
    ...(weights && { weights }),
    statistic(counts) {
      const [a, b] = [ofBefore(counts.subarray(0, split)), ofNow(counts.subarray(split))];
      return a === undefined || b === undefined ? undefined : improvement(definition, a, b);
    },
  });
  if (values.length === 0 || undefinedCount > mostUndefined * replicates) return null;
  return { metric, before: was, now: is, rows: now.target.length, upper: quantile(values, 0.95) };
}
