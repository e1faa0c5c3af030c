import type { MetricRow } from "../judge/comparison.ts";
import { metrics } from "../metrics/metrics.ts";
import { isBuiltIn } from "../spec/metric-names.ts";

/** Which way a metric points: a built-in one by its name, a model's own by what is stored with it. */
export function isHigherBetter({ metric, higherIsBetter = true }: MetricRow): boolean {
  return isBuiltIn(metric) ? metrics[metric].higherIsBetter : higherIsBetter;
}
