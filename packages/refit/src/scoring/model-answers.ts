import type { TargetSpec } from "@refit/core/data";
import { answersFor, predictedClasses, type ModelAnswers } from "@refit/core/judge";
import type { ModelSpec } from "@refit/core/spec";
import type { AnsweredRows, PreparedTable } from "../ports/tables.ts";

/** What the metrics of a model's own are computed from. */
export interface Measurable {
  readonly spec: Pick<ModelSpec, "metrics">;
  readonly table: Pick<PreparedTable, "rowValues">;
}

/**
 * A model's answers to rows of the table, with what the metrics of its own make of them.
 *
 * @param rows of the table, in the order of the predictions.
 * @throws MetricInvalidError, MetricValueError
 */
export async function modelAnswers(
  { spec: { metrics }, table }: Measurable,
  target: TargetSpec,
  rows: Uint32Array,
  predictions: Float64Array,
): Promise<ModelAnswers> {
  const own = Object.entries(metrics.own ?? {});
  if (own.length === 0) return { predictions };
  const expressions = own.map(([metric, { row: sql }]) => ({ metric, sql }));
  const values = await table.rowValues(expressions, answeredRows(target, rows, predictions, metrics));
  return { predictions, ownValues: Object.fromEntries(own.map(([name], i) => [name, values[i]!])) };
}

/** What the primary metric is computed from, for rows of the table. */
export async function primaryAnswers(
  measurable: Measurable,
  target: TargetSpec,
  rows: Uint32Array,
  predictions: Float64Array,
): Promise<Float64Array> {
  const { primary } = measurable.spec.metrics;
  return answersFor(primary, await modelAnswers(measurable, target, rows, predictions));
}

function answeredRows(
  { name, task, classes }: TargetSpec,
  rows: Uint32Array,
  predictions: Float64Array,
  settings: ModelSpec["metrics"],
): AnsweredRows {
  if (classes === null) return { target: name, rows, classes, answers: predictions, probabilities: null };
  const count = classes.length;
  const answers = predictedClasses({ task, classes: count, target: predictions, predictions, settings });
  const probabilities =
    task === "binary" ? predictions : Float64Array.from(answers, (label, row) => predictions[row * count + label]!);
  return { target: name, rows, classes, answers, probabilities };
}
