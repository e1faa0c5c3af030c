import { isBuiltIn, type MetricName } from "../spec/metric-names.ts";

/** By the name of a model's own metric, [rows]: the number that it gives each row for what the model answers there. */
export type OwnValues = Readonly<Record<MetricName, Float64Array>>;

/** What a model answers for some rows, and what its own metrics make of that. */
export interface ModelAnswers {
  /** [rows], or for multiclass [rows × classes], as `Predictor.predict` documents. */
  readonly predictions: Float64Array;
  /** Absent: there are no such metrics. */
  readonly ownValues?: OwnValues;
}

/**
 * What a metric is computed from: the predictions, or for a metric of the model's own its number per row.
 *
 * @throws RangeError where nobody has computed that metric for the rows.
 */
export function answersFor(metric: MetricName, { predictions, ownValues = {} }: ModelAnswers): Float64Array {
  if (isBuiltIn(metric)) return predictions;
  const values = Object.hasOwn(ownValues, metric) ? ownValues[metric] : undefined;
  if (values === undefined) throw new RangeError(`${metric} was not computed for these rows`);
  return values;
}
