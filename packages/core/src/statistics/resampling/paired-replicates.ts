import type { MetricSettings, PreparedMetric } from "../../metrics/metric.ts";
import { improvement, metricOf } from "../../metrics/metrics.ts";
import type { MetricName } from "../../spec/metric-names.ts";
import type { Task } from "../../spec/model-spec.ts";
import { poissonReplicate } from "./poisson-bootstrap.ts";

/** Rows on which models are compared. */
export interface PairedRows {
  readonly task: Task;
  readonly classes: number;
  /** [rows]: encoded, see `MetricInput`. */
  readonly target: Float64Array;
  /** [rows]: sample weights, not negative; absent: all 1. */
  readonly weights?: Float64Array;
  readonly settings?: MetricSettings;
  /** [rows]: group number of each row, from 0, where rows of a group are not independent; the bootstrap draws whole groups. */
  readonly groups?: Int32Array;
  /** Integer in [0, 2^32). */
  readonly seed: number;
}

/** What a metric is computed from for two models on the same rows (`answersFor`): predictions, or numbers per row. */
export interface ModelPair {
  readonly metric: MetricName;
  /** [rows], or for multiclass [rows × classes]. */
  readonly champion: Float64Array;
  readonly challenger: Float64Array;
}

/** Pairs that are measured on the same resamples. Plain data, so that another thread can be asked. */
export interface ReplicatesRequest extends PairedRows {
  readonly pairs: readonly ModelPair[];
  readonly replicates: number;
}

/**
 * Draws the replicates of a paired bootstrap, on one thread or on several: the numbers are the same.
 *
 * @returns [pairs][replicates]: the improvement in each resample, NaN where the metric is not defined for one of the models.
 */
export type DrawReplicates = (request: ReplicatesRequest) => Float64Array[];

/** On the thread that asks. */
export const drawReplicates: DrawReplicates = (request) => {
  const { pairs, replicates } = request;
  const draw = pairedReplicate(request);
  const drawn = pairs.map(() => new Float64Array(replicates));
  for (let replicate = 0; replicate < replicates; replicate++) {
    const improvements = draw(replicate);
    for (const [i, values] of drawn.entries()) values[replicate] = improvements[i]!;
  }
  return drawn;
};

/**
 * O(rows), and less than one pair after the other: the resample is drawn once, and a model measured once by each metric.
 *
 * @returns a function that measures all on a resample, by its number, and gives the improvement of each pair, or NaN.
 */
export function pairedReplicate(request: Omit<ReplicatesRequest, "replicates">): (replicate: number) => number[] {
  const { pairs, target, weights, groups, seed } = request;
  const { prepared, placeOf } = distinctMetrics(request);
  const compared = pairs.map(({ metric, champion, challenger }) => ({
    definition: metricOf(metric, request.settings),
    champion: placeOf(metric, champion),
    challenger: placeOf(metric, challenger),
  }));
  return poissonReplicate({
    rows: target.length,
    seed,
    ...(weights && { weights }),
    ...(groups && { groups }),
    statistic(counts) {
      const measured = prepared.map((measure) => measure(counts));
      return compared.map(({ definition, champion, challenger }) => {
        const [before, after] = [measured[champion], measured[challenger]];
        return before === undefined || after === undefined ? NaN : improvement(definition, before, after);
      });
    },
  });
}

interface DistinctMetrics {
  readonly prepared: readonly PreparedMetric[];
  /** Where in `prepared` a metric of some answers is. */
  placeOf(metric: MetricName, answers: Float64Array): number;
}

function distinctMetrics({ pairs, ...rows }: Omit<ReplicatesRequest, "replicates">): DistinctMetrics {
  const asked = pairs
    .flatMap(({ metric, champion, challenger }) => [champion, challenger].map((answers) => ({ metric, answers })))
    .filter(({ metric, answers }, i, all) => firstPlace(all, metric, answers) === i);
  const prepared = asked.map(({ metric, answers }) =>
    metricOf(metric, rows.settings).prepare({ ...rows, predictions: answers }),
  );
  return { prepared, placeOf: (metric, answers) => firstPlace(asked, metric, answers) };
}

interface AskedMetric {
  readonly metric: MetricName;
  readonly answers: Float64Array;
}

function firstPlace(asked: readonly AskedMetric[], metric: MetricName, answers: Float64Array): number {
  return asked.findIndex((one) => one.metric === metric && one.answers === answers);
}
