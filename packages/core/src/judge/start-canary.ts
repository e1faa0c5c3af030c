import type { ModelHistory } from "../history/read-history.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import type { Rollout } from "../spec/rollout.ts";
import type { ComparisonKind } from "./comparison.ts";
import { isAgainstChampion } from "./is-against-champion.ts";

/** Metrics that count answers as right or wrong; every other one of a classification looks at probabilities, or at how they are ordered. */
const ofDecisions: ReadonlySet<string> = new Set([
  "accuracy",
  "balancedAccuracy",
  "f1",
  "f1Macro",
  "f1Weighted",
  "mcc",
  "precision",
  "recall",
]);

/**
 * How a canary of this comparison starts; `null`: the version is proposed as the champion at once, since the model has no canary, or there is no
 * live champion that answers the same question.
 *
 * @param errorScale of a regression: `errorScale` of the comparison; `null`: not known.
 */
export function startOfCanary(
  { canary, task, metrics }: Pick<ModelSpec, "canary" | "task" | "metrics">,
  { kind, errorScale = null }: { readonly kind: ComparisonKind; readonly errorScale?: number | null },
  state: ModelHistory["state"],
): Rollout | null {
  if (canary === undefined || state !== "live" || !isAgainstChampion(kind)) return null;
  const { steps, minLabels, maxDays, margin, outcome } = canary;
  const terms = { percent: steps[0]!, steps, minLabels, maxDays, margin, outcome };
  if (task === "regression") return { ...terms, loss: "absolute", scale: errorScale ?? 1 };
  return { ...terms, loss: ofDecisions.has(metrics.primary) ? "zeroOne" : "brier" };
}

/**
 * By what absolute errors are divided so that nearly all of them lie between 0 and 1: the 99th percentile (nearest rank) of those of the
 * champion, in the unit of the target; 1 where that is 0.
 *
 * @param labels [rows] @param predictions [rows]
 */
export function scaleOfErrors(labels: Float64Array, predictions: Float64Array): number {
  const errors = labels.map((label, row) => Math.abs(label - predictions[row]!)).sort();
  const scale = errors[Math.max(0, Math.ceil(0.99 * errors.length) - 1)] ?? 0;
  return Number.isFinite(scale) && scale > 0 ? scale : 1;
}
