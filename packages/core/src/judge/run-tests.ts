import { isBuiltIn } from "../spec/metric-names.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import { pNonInferior, type PairedComparison } from "../statistics/compare-paired.ts";
import { minimumDetectableEffect } from "../statistics/power.ts";
import { metrics } from "../metrics/metrics.ts";
import { ALPHA } from "./alpha.ts";
import type { ComparisonKind, TestResult } from "./comparison.ts";

export interface TestPolicy extends Pick<ModelSpec, "refresh" | "margin"> {
  /** What this look may spend on a claim of "better". */
  readonly alpha: number;
}

/** The primary metric of the challenger against other versions, on the same rows. */
export interface Opponents {
  readonly champion: PairedComparison;
  /** `null`: the champion is the anchor, or it is not asked. */
  readonly anchor: PairedComparison | null;
}

/**
 * A change of settings must be better than the champion. A refresh must not be worse: by the guard, harm must not show, by the
 * proof, its absence must. The anchor, the version that was last proved better, is the brake against a slow decline: it is
 * asked only about a refresh that is not shown to be better than the champion, since a champion that is beaten is replaced.
 */
export function runTests(kind: ComparisonKind, { champion, anchor }: Opponents, policy: TestPolicy): TestResult[] {
  if (kind === "change") return [testSuperiority(champion, policy.alpha)];
  if (kind !== "refresh") return [];
  const test = policy.refresh === "proven" ? testNonInferiority : testHarm;
  const isBeaten = champion.pSuperior !== null && champion.pSuperior <= ALPHA;
  const versusAnchor = anchor === null || isBeaten ? [] : [test("anchor", anchor, policy)];
  return [test("champion", champion, policy), ...versusAnchor];
}

/**
 * The guard of a refresh: passed unless the challenger is worse than the opponent beyond chance, or the holdout is so small
 * that it would not show a large harm. Where the challenger did better, and so well that a large harm is ruled out, nobody need ask
 * what the holdout would have shown: right after a break the two models disagree most, and that alone must not keep the old one.
 */
export function testHarm(against: "champion" | "anchor", comparison: PairedComparison): TestResult {
  const { improvement, standardError, method, pInferior, reason } = comparison;
  const margin = scaled(0.1, comparison);
  const detectable = standardError === null ? null : minimumDetectableEffect(standardError, ALPHA);
  const same = reason === "no-information";
  const p = same ? 1 : pInferior;
  const harmful = pNonInferior(comparison, margin);
  const isRuledOut = improvement !== undefined && improvement > 0 && harmful !== null && harmful <= ALPHA;
  const isSeen = (detectable !== null && detectable <= margin) || isRuledOut;
  const passed = same || (p !== null && p > ALPHA && isSeen);
  return { against, kind: "harm", improvement, standardError, method, margin, p, alpha: ALPHA, detectable, passed };
}

/** The proof of a refresh: it must be shown not to be worse than the opponent by the margin, whatever the holdout can detect. */
export function testNonInferiority(
  against: "champion" | "anchor",
  comparison: PairedComparison,
  policy: Pick<ModelSpec, "margin">,
): TestResult {
  const { improvement, standardError, method } = comparison;
  const detectable = standardError === null ? null : minimumDetectableEffect(standardError, ALPHA);
  const margin = policy.margin ?? scaled(0.01, comparison);
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

/**
 * As it is for metrics in [0, 1], where 0.01 is one point; else as a share of the opponent's value, twice over. A metric of the
 * model's own may be zero, so of that it is a share of how the opponent's numbers spread over the rows: for a number that is 0 or
 * 1, and as often this as that, the same points.
 */
export function scaled(
  points: number,
  { metric, champion = 0, spread = 0 }: Pick<PairedComparison, "metric" | "champion" | "spread">,
): number {
  if (!isBuiltIn(metric)) return 2 * points * spread;
  return metrics[metric].unitInterval ? points : 2 * points * Math.abs(champion);
}
