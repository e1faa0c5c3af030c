import { metricsOfTask, type BuiltInMetric, type MetricName } from "../spec/metric-names.ts";
import type { OwnMetric, Task } from "../spec/model-spec.ts";

/** Rows to be measured, laid out as `Predictor.predict` documents its outputs. */
export interface MetricInput {
  readonly task: Task;
  /** 2 for binary, at least 3 for multiclass, 0 for regression. */
  readonly classes: number;
  /** [rows]. Binary: 0 or 1. Multiclass: class index, -1 for a class that the model does not know. Regression: the value. */
  readonly target: Float64Array;
  /**
   * [rows]: probability of class 1, or the value; for multiclass [rows × classes], a row's probabilities together. For a metric
   * of the model's own [rows]: the number that it gives each row.
   */
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
  /** Metrics of the model's own, by name. */
  readonly own?: Readonly<Record<MetricName, OwnMetric>> | undefined;
}

/** [rows], not negative: how much each row weighs, or in bytes how often it counts. */
export type RowWeights = Float64Array | Uint8Array;

/**
 * A metric after the work that weights do not change: sorted, compared, losses taken. A bootstrap calls it once per
 * resample with the row counts as weights.
 */
export type PreparedMetric = (weights: RowWeights) => number | undefined;

/** A metric's name, and which way it points. */
export interface Direction {
  readonly name: MetricName;
  readonly higherIsBetter: boolean;
}

export interface MetricDefinition extends Direction {
  readonly tasks: readonly Task[];
  /** Whether every value lies in [0, 1], so that an absolute margin such as 0.01 means one percentage point. */
  readonly unitInterval: boolean;
  prepare(input: MetricInput): PreparedMetric;
  /** @returns `undefined` where the metric is not defined, such as ROC AUC of a single class; never NaN. */
  evaluate(input: MetricInput): number | undefined;
}

const tasks: readonly Task[] = ["binary", "multiclass", "regression"];

/** Completes a built-in definition: the tasks from `metricsOfTask`, and the guards that all metrics share. */
export function defineMetric(metric: PlainMetric & { readonly name: BuiltInMetric }): MetricDefinition {
  const valid = tasks.filter((task) => metricsOfTask[task].includes(metric.name));
  return guarded(metric, valid, ({ task, classes }) => (task === "multiclass" ? classes : 1));
}

/** Completes a metric of a model's own: each row comes with one number, whatever the task. */
export function defineOwnMetric(metric: PlainMetric): MetricDefinition {
  return guarded(metric, tasks, () => 1);
}

type PlainMetric = Pick<MetricDefinition, "name" | "higherIsBetter" | "unitInterval" | "prepare">;

/** @param outputsOf how many predictions stand for a row. */
function guarded(
  metric: PlainMetric,
  valid: readonly Task[],
  outputsOf: (input: MetricInput) => number,
): MetricDefinition {
  const prepare = (input: MetricInput): PreparedMetric => {
    checkShape(input, outputsOf(input));
    if (!isMeasurable(input)) return () => undefined;
    const prepared = metric.prepare(input);
    return (weights) => finite(prepared(weights));
  };
  return {
    ...metric,
    tasks: valid,
    prepare,
    evaluate: (input) => prepare(input)(input.weights ?? new Uint8Array(input.target.length).fill(1)),
  };
}

function checkShape({ target, predictions, weights }: MetricInput, outputs: number): void {
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
