import type { PairedComparison } from "../statistics/compare-paired.ts";
import type { MetricRow } from "./comparison.ts";

/** The part of a paired comparison that is a fact of the version. */
export function metricRow(paired: PairedComparison): MetricRow {
  const { metric, champion, challenger, improvement, interval, pSuperior, standardError, method, higherIsBetter } =
    paired;
  const row = { metric, champion, challenger, improvement, interval, pSuperior, standardError, method };
  return higherIsBetter === undefined ? row : { ...row, higherIsBetter };
}
