/** Every metric that `model.yaml` can name. */
export const metricNames = [
  "rocAuc",
  "prAuc",
  "logLoss",
  "brier",
  "ece",
  "accuracy",
  "balancedAccuracy",
  "f1",
  "f1Macro",
  "f1Weighted",
  "mcc",
  "precision",
  "recall",
  "mae",
  "rmse",
  "r2",
  "mape",
  "pinball",
] as const;
export type MetricName = (typeof metricNames)[number];

const binaryMetrics: readonly MetricName[] = [
  "rocAuc",
  "prAuc",
  "logLoss",
  "brier",
  "ece",
  "accuracy",
  "balancedAccuracy",
  "f1",
  "mcc",
  "precision",
  "recall",
];
const multiclassMetrics: readonly MetricName[] = [
  "logLoss",
  "accuracy",
  "balancedAccuracy",
  "f1Macro",
  "f1Weighted",
  "mcc",
];
const regressionMetrics: readonly MetricName[] = ["mae", "rmse", "r2", "mape", "pinball"];
/** The metrics that make sense for each task. */
export const metricsOfTask = {
  binary: binaryMetrics,
  multiclass: multiclassMetrics,
  regression: regressionMetrics,
} as const;
