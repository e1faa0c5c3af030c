/** Every metric that refit has built in. */
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
  "poissonDeviance",
] as const;
export type BuiltInMetric = (typeof metricNames)[number];
/** A metric that a model is measured by: built in, or declared in its `metrics.own`. */
export type MetricName = string;

export function isBuiltIn(name: MetricName): name is BuiltInMetric {
  return (metricNames as readonly string[]).includes(name);
}

const binaryMetrics: readonly BuiltInMetric[] = [
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
const multiclassMetrics: readonly BuiltInMetric[] = [
  "logLoss",
  "accuracy",
  "balancedAccuracy",
  "f1Macro",
  "f1Weighted",
  "mcc",
];
const regressionMetrics: readonly BuiltInMetric[] = ["mae", "rmse", "r2", "mape", "pinball", "poissonDeviance"];
/** The metrics that make sense for each task. */
export const metricsOfTask = {
  binary: binaryMetrics,
  multiclass: multiclassMetrics,
  regression: regressionMetrics,
} as const;

/** Letters, digits and single hyphens or underscores, from a small letter on: it is a key in JSON, and a word in a report. */
const ownName = /^[a-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*$/;
const longestName = 40;

/** Why a name cannot be that of a metric of one's own, as the end of a sentence that begins with it; `null`: it can. */
export function ownMetricProblem(name: string): string | null {
  const builtIn = metricNames.find((known) => known.toLowerCase() === name.toLowerCase());
  if (builtIn !== undefined) return `is the name of a built-in metric, ${builtIn}; choose another name`;
  if (name in {}) return "is a reserved name in JavaScript; choose another name";
  if (name.length > longestName) return `is longer than ${longestName} characters`;
  if (ownName.test(name)) return null;
  return "is not a name of a metric: a small letter, then letters, digits and single hyphens or underscores, such as `profit`";
}

/** The metrics that are measured, each once: the primary one first, then `also`, then the model's own. */
export function measuredMetrics({
  primary,
  also,
  own = {},
}: {
  readonly primary: MetricName;
  readonly also: readonly MetricName[];
  readonly own?: Readonly<Record<MetricName, unknown>> | undefined;
}): MetricName[] {
  return [...new Set([primary, ...also, ...Object.keys(own)])];
}
