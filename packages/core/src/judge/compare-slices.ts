import type { MetricDefinition, MetricSettings } from "../metrics/metric.ts";
import { improvement, metricOf } from "../metrics/metrics.ts";
import { answersFor, type ModelAnswers } from "../metrics/model-answers.ts";
import { isBuiltIn, type MetricName } from "../spec/metric-names.ts";
import type { Task } from "../spec/model-spec.ts";
import { comparePaired } from "../statistics/compare-paired.ts";
import type { DrawReplicates } from "../statistics/resampling/paired-replicates.ts";
import { holm } from "../statistics/multiplicity/adjust-p.ts";
import type { MetricRow, SliceRow } from "./comparison.ts";
import { metricRow } from "./metric-row.ts";
import { pickRows } from "./pick-rows.ts";
import { isSufficientSlice } from "./sufficient-slice.ts";

/** The rows of one value of a slice column. */
export interface SliceGroup {
  readonly column: string;
  readonly value: string;
  /** Indices into the holdout's rows. */
  readonly members: Uint32Array;
}

export interface SliceRequest {
  readonly task: Task;
  readonly classes: number;
  /** [rows of the holdout]: encoded. */
  readonly target: Float64Array;
  /** `null`: there is no champion to compare with. */
  readonly champion: ModelAnswers | null;
  readonly challenger: ModelAnswers;
  /** [rows]: group number of each row, from 0, where rows of a group are not independent; `null`: all are. */
  readonly groups: Int32Array | null;
  /** [rows]: sample weights; `null`: all 1. */
  readonly weights: Float64Array | null;
  readonly settings?: MetricSettings;
  readonly metrics: readonly MetricName[];
  readonly primary: MetricName;
  readonly seed: number;
  readonly replicates: number;
  /** Draws the resamples; absent: this thread. */
  readonly draw?: DrawReplicates;
}

/**
 * Every metric in every slice, and in the sufficient ones a one-sided test whether the primary metric got worse, with
 * Holm's adjustment over all of them: among many slices some look worse by chance alone.
 *
 * Example: of 20 slices at least one has p ≤ 0.05 in 64 % of comparisons of two equal models; after Holm in at most 5 %.
 */
export function compareSlices(slices: readonly SliceGroup[], request: SliceRequest): SliceRow[] {
  const rows = slices.map((slice) => compareSlice(slice, request));
  const adjusted = holm(rows.map(({ pRegression }) => pRegression));
  return rows.map((row, i) => ({ ...row, pHolm: adjusted[i]! }));
}

function compareSlice({ column, value, members }: SliceGroup, request: SliceRequest): Omit<SliceRow, "pHolm"> {
  const { task, classes, champion, challenger, groups, weights, settings = {} } = request;
  const target = pickRows(request.target, members);
  const answers = (metric: MetricName, model: ModelAnswers) =>
    pickRows(answersFor(metric, model), members, task === "multiclass" && isBuiltIn(metric) ? classes : 1);
  const sufficient = isSufficientSlice(task, target);
  const shape = { task, classes, settings, target, ...(weights && { weights: pickRows(weights, members) }) };
  const scores = request.metrics.map((metric): MetricRow => {
    const definition = metricOf(metric, settings);
    const valueOf = (model: ModelAnswers) => definition.evaluate({ ...shape, predictions: answers(metric, model) });
    return untested(definition, champion === null ? undefined : valueOf(champion), valueOf(challenger));
  });
  if (champion === null || !sufficient) {
    return { column, value, rows: members.length, sufficient, metrics: scores, pRegression: null };
  }
  const { seed, replicates, draw, primary } = request;
  const test = comparePaired({
    ...shape,
    metric: primary,
    champion: answers(primary, champion),
    challenger: answers(primary, challenger),
    seed,
    replicates,
    draw,
    ...(groups && { groups: Int32Array.from(members, (row) => groups[row]!) }),
  });
  return {
    column,
    value,
    rows: members.length,
    sufficient,
    metrics: scores.map((row) => (row.metric === primary ? metricRow(test) : row)),
    pRegression: test.pInferior,
  };
}

function untested(
  definition: MetricDefinition,
  champion: number | undefined,
  challenger: number | undefined,
): MetricRow {
  const { name: metric, higherIsBetter } = definition;
  const both = champion !== undefined && challenger !== undefined;
  const better = both ? improvement(definition, champion, challenger) : undefined;
  return {
    metric,
    champion,
    challenger,
    improvement: better,
    interval: null,
    pSuperior: null,
    standardError: null,
    method: "none" as const,
    ...(isBuiltIn(metric) ? {} : { higherIsBetter }),
  };
}
