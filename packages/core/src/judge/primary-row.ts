import type { MetricName } from "../spec/model-spec.ts";

/** What was measured of the primary metric; `undefined`: nothing. */
export function primaryRow<Row extends { readonly metric: MetricName }>({
  metrics,
  primary,
}: {
  readonly metrics: readonly Row[];
  readonly primary: MetricName;
}): Row | undefined {
  return metrics.find(({ metric }) => metric === primary);
}
