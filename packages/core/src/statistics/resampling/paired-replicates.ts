import type { MetricSettings } from "../../metrics/metric.ts";
import { improvement, metricOf } from "../../metrics/metrics.ts";
import type { MetricName } from "../../spec/metric-names.ts";
import type { Task } from "../../spec/model-spec.ts";
import { poissonReplicate } from "./poisson-bootstrap.ts";

/** What a metric is computed from for two models on the same rows (`answersFor`): predictions, or numbers per row. */
export interface PairedRows {
  readonly metric: MetricName;
  readonly task: Task;
  readonly classes: number;
  /** [rows]: encoded, see `MetricInput`. */
  readonly target: Float64Array;
  /** [rows], or for multiclass [rows × classes]. */
  readonly champion: Float64Array;
  readonly challenger: Float64Array;
  /** [rows]: sample weights, not negative; absent: all 1. */
  readonly weights?: Float64Array;
  readonly settings?: MetricSettings;
  /** [rows]: group number of each row, from 0, where rows of a group are not independent; the bootstrap draws whole groups. */
  readonly groups?: Int32Array;
  /** Integer in [0, 2^32). */
  readonly seed: number;
}

/** Plain data, so that another thread can be asked. */
export interface ReplicatesRequest extends PairedRows {
  readonly replicates: number;
}

/**
 * Draws the replicates of a paired bootstrap, on one thread or on several: the numbers are the same.
 *
 * @returns [replicates]: the improvement in each resample, NaN where the metric is not defined for one of the models.
 */
export type DrawReplicates = (request: ReplicatesRequest) => Float64Array;

/** On the thread that asks. */
export const drawReplicates: DrawReplicates = ({ replicates, ...rows }) => {
  const draw = pairedReplicate(rows);
  return Float64Array.from({ length: replicates }, (_, replicate) => draw(replicate));
};

/** @returns a function that measures both models on a resample, by its number, and gives the improvement, or NaN. O(rows). */
export function pairedReplicate(request: PairedRows): (replicate: number) => number {
  const { metric, target, champion, challenger, weights, groups, seed } = request;
  const definition = metricOf(metric, request.settings);
  const ofChampion = definition.prepare({ ...request, predictions: champion });
  const ofChallenger = definition.prepare({ ...request, predictions: challenger });
  const draw = poissonReplicate({
    rows: target.length,
    seed,
    ...(weights && { weights }),
    ...(groups && { groups }),
    statistic(counts) {
      const before = ofChampion(counts);
      const after = ofChallenger(counts);
      return before === undefined || after === undefined ? undefined : improvement(definition, before, after);
    },
  });
  return (replicate) => draw(replicate) ?? NaN;
}
