import type { MetricSettings } from "../metrics/metric.ts";
import { improvement, metrics } from "../metrics/metrics.ts";
import type { MetricName, Task } from "../spec/model-spec.ts";
import { comparePaired } from "../statistics/compare-paired.ts";
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
  /** [rows], or for multiclass [rows × classes]; `null`: there is no champion to compare with. */
  readonly champion: Float64Array | null;
  readonly challenger: Float64Array;
  /** [rows]: group number of each row, from 0, where rows of a group are not independent; `null`: all are. */
  readonly groups: Int32Array | null;
  /** [rows]: sample weights; `null`: all 1. */
  readonly weights: Float64Array | null;
  readonly settings?: MetricSettings;
  readonly metrics: readonly MetricName[];
  readonly primary: MetricName;
  readonly seed: number;
  readonly replicates: number;
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
  const outputs = task === "multiclass" ? classes : 1;
  const target = pickRows(request.target, members);
  const after = pickRows(challenger, members, outputs);
  const before = champion && pickRows(champion, members, outputs);
  const sufficient = isSufficientSlice(task, target);
  const shape = { task, classes, settings, target, ...(weights && { weights: pickRows(weights, members) }) };
  const scores = request.metrics.map((metric): MetricRow => {
    const now = metrics[metric].evaluate({ ...shape, predictions: after });
    const then = before === null ? undefined : metrics[metric].evaluate({ ...shape, predictions: before });
    return untested(metric, then, now);
  });
  if (before === null || !sufficient) {
    return { column, value, rows: members.length, sufficient, metrics: scores, pRegression: null };
  }
  const { seed, replicates, primary } = request;
  const test = comparePaired({
    ...shape,
    metric: primary,
    champion: before,
    challenger: after,
    seed,
    replicates,
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

function untested(metric: MetricName, champion: number | undefined, challenger: number | undefined): MetricRow {
  const both = champion !== undefined && challenger !== undefined;
  const better = both ? improvement(metric, champion, challenger) : undefined;
  return {
    metric,
    champion,
    challenger,
    improvement: better,
    interval: null,
    pSuperior: null,
    standardError: null,
    method: "none" as const,
  };
}
