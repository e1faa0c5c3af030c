import { metricsOfTask, type MetricName } from "../spec/metric-names.ts";
import type { Task } from "../spec/model-spec.ts";

/** Rows to be measured, laid out as `Predictor.predict` documents its outputs. */
export interface MetricInput {
  readonly task: Task;
  /** 2 for binary, at least 3 for multiclass, 0 for regression. */
  readonly classes: number;
  /** [rows]. Binary: 0 or 1. Multiclass: class index, -1 for a class that the model does not know. Regression: the value. */
  readonly target: Float64Array;
  /** [rows]: probability of class 1, or the value; for multiclass [rows × classes], a row's probabilities together. */
  readonly predictions: Float64Array;
  /** [rows]: sample weights, not negative; absent: all 1. */
  readonly weights?: Float64Array;
  readonly settings?: MetricSettings;
}

/** What `metrics` in `model.yaml` says of how to measure. */
export interface MetricSettings {
  /** Probability from which a binary row counts as positive. Default 0.5. */
  readonly threshold?: number | undefined;
  /** Quantile that predictions stand for, for `pinball`. Default 0.5. */
  readonly quantile?: number | undefined;
}

/**
 * A metric after the work that weights do not change: sorted, compared, losses taken. A bootstrap calls it once per
 * resample with the row counts as weights.
 *
 * @param weights [rows], not negative.
 */
export type PreparedMetric = (weights: Float64Array) => number | undefined;

export interface MetricDefinition {
  readonly name: MetricName;
  readonly higherIsBetter: boolean;
  readonly tasks: readonly Task[];
  /** Whether every value lies in [0, 1], so that an absolute margin such as 0.01 means one percentage point. */
  readonly unitInterval: boolean;
  prepare(input: MetricInput): PreparedMetric;
  /** @returns `undefined` where the metric is not defined, such as ROC AUC of a single class; never NaN. */
  evaluate(input: MetricInput): number | undefined;
}

const tasks: readonly Task[] = ["binary", "multiclass", "regression"];

/** Completes a definition: the tasks from `metricsOfTask`, and the guards that all metrics share. */
export function defineMetric(
  metric: Pick<MetricDefinition, "name" | "higherIsBetter" | "unitInterval" | "prepare">,
): MetricDefinition {
  const prepare = (input: MetricInput): PreparedMetric => {
    checkShape(input);
    if (!isMeasurable(input)) return () => undefined;
    const prepared = metric.prepare(input);
    return (weights) => finite(prepared(weights));
  };
  return {
    ...metric,
    tasks: tasks.filter((task) => metricsOfTask[task].includes(metric.name)),
    prepare,
    evaluate: (input) => prepare(input)(input.weights ?? new Float64Array(input.target.length).fill(1)),
  };
}

function checkShape({ task, classes, target, predictions, weights }: MetricInput): void {
  const outputs = task === "multiclass" ? classes : 1;
  if (predictions.length !== target.length * outputs || (weights && weights.length !== target.length)) {
    throw new RangeError(
      `${target.length} rows need ${target.length * outputs} predictions and as many weights as rows, ` +
        `not ${predictions.length} and ${weights?.length ?? "none"}`,
    );
  }
}

/** A prediction that is not a finite number makes every metric undefined, so that gates fail closed. */
function isMeasurable({ target, predictions }: MetricInput): boolean {
  return target.length > 0 && target.every(Number.isFinite) && predictions.every(Number.isFinite);
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
