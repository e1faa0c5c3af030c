import type { MetricName, ModelSpec } from "../spec/model-spec.ts";
import { pNonInferior, type PairedComparison } from "../statistics/compare-paired.ts";
import { minimumDetectableEffect } from "../statistics/power.ts";
import { metrics } from "../metrics/metrics.ts";
import type { TestResult } from "./comparison.ts";

const ALPHA = 0.05;

/**
 * A refresh (same settings, newer data) must not be worse than the opponent by more than the margin.
 *
 * Default margin: the larger of `leastMargin` and what this holdout can detect, so that a small holdout is not asked
 * for what it cannot show; the report prints it.
 */
export function testNonInferiority(
  against: "champion" | "anchor",
  comparison: PairedComparison,
  spec: Pick<ModelSpec, "margin">,
): TestResult {
  const { improvement, standardError, method, champion = 0, metric } = comparison;
  const detectable = standardError === null ? null : minimumDetectableEffect(standardError, ALPHA);
  const margin = spec.margin ?? Math.max(leastMargin(metric, champion), detectable ?? 0);
  const p = pNonInferior(comparison, margin);
  const passed = p !== null && p <= ALPHA;
  const facts = { improvement, standardError, method, margin, p, alpha: ALPHA, detectable };
  return { against, kind: "non-inferiority", ...facts, passed };
}

/** A change of settings must show that it is better, at the alpha that this look may spend. */
export function testSuperiority(comparison: PairedComparison, alpha: number): TestResult {
  const { improvement, standardError, method, pSuperior: p } = comparison;
  const detectable = standardError === null ? null : minimumDetectableEffect(standardError, alpha);
  return {
    against: "champion",
    kind: "superiority",
    improvement,
    standardError,
    method,
    margin: 0,
    p,
    alpha,
    detectable,
    passed: p !== null && p <= alpha,
  };
}

/** One point for metrics in [0, 1], else 2 % of the champion's value. */
function leastMargin(metric: MetricName, champion: number): number {
  return metrics[metric].unitInterval ? 0.01 : 0.02 * Math.abs(champion);
}
