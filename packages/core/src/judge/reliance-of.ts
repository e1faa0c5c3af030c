import type { MetricSettings } from "../metrics/metric.ts";
import { answersFor, type ModelAnswers } from "../metrics/model-answers.ts";
import type { MetricName } from "../spec/metric-names.ts";
import type { Task } from "../spec/model-spec.ts";
import { comparePaired } from "../statistics/compare-paired.ts";
import { metricRow } from "./metric-row.ts";
import type { ColumnReliance } from "./reliance.ts";

export interface RelianceRequest {
  readonly task: Task;
  readonly classes: number;
  /** [rows]: encoded. */
  readonly target: Float64Array;
  /** To the rows as they are. */
  readonly answers: ModelAnswers;
  /** By input, to the rows with its values in other rows. */
  readonly shuffled: ReadonlyMap<string, ModelAnswers>;
  /** [rows]: group number of each row, from 0, where rows of a group are not independent; `null`: all are. */
  readonly groups: Int32Array | null;
  /** [rows]: sample weights; `null`: all 1. */
  readonly weights: Float64Array | null;
  readonly settings?: MetricSettings;
  readonly primary: MetricName;
  readonly seed: number;
  readonly replicates: number;
}

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin & Dominici 2019) with an interval: the model as it is and with one input shuffled are
 * compared on the same rows like two models. An input that says the same as another one has little, since the other still tells it.
 *
 * @returns largest loss first; without inputs for which the metric is not defined.
 */
export function relianceOf(request: RelianceRequest): ColumnReliance[] {
  const { task, classes, target, answers, shuffled, groups, weights, settings, primary, seed, replicates } = request;
  const rows = { metric: primary, task, classes, target, seed, replicates, champion: answersFor(primary, answers) };
  const found = [...shuffled].map(([input, moved]) => {
    const compared = comparePaired({
      ...rows,
      challenger: answersFor(primary, moved),
      ...(settings && { settings }),
      ...(groups && { groups }),
      ...(weights && { weights }),
    });
    return { input, metric: metricRow(compared) };
  });
  return found
    .filter(({ metric }) => metric.improvement !== undefined)
    .toSorted((a, b) => a.metric.improvement! - b.metric.improvement! || (a.input < b.input ? -1 : 1));
}
