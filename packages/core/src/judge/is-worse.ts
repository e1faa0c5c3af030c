import type { MetricRow } from "./comparison.ts";

/** Worse beyond chance: one-sided, at 0.05. */
export function isWorse({ interval }: Pick<MetricRow, "interval">): boolean {
  return interval !== null && interval[1] < 0;
}
