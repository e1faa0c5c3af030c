import { learnedUntil } from "../lineage/learned-until.ts";
import type { Lineage } from "../lineage/lineage.ts";
import type { MetricName } from "../spec/metric-names.ts";
import type { ComparisonKind } from "./comparison.ts";
import { isAgainstChampion } from "./is-against-champion.ts";

/** Rows on which numbers were measured. */
export interface MeasuredRows {
  readonly rows: number;
  /** First and last instant, ISO 8601; `null`: no time places them. */
  readonly from: string | null;
  readonly to: string | null;
}

/** A metric of two versions on the same rows. */
export interface PairedNumbers {
  readonly metric: MetricName;
  readonly a: number;
  readonly b: number;
  /** Of `b` over `a`: above 0 is better, whatever the metric's direction. */
  readonly improvement: number;
}

/** What stands for a version where it is measured. */
export type MeasuredModel =
  /** What ships. */
  | "shipped"
  /** What was judged: the same settings, trained without these rows. What ships has learned from them since. */
  | "judged"
  /** Its settings, trained again without these rows, since what ships has learned from them. */
  | "trained-again"
  /** What ships, which was trained elsewhere, so that it may have learned from these rows. */
  | "elsewhere";

/** A version, as its `lineage.json` and `evaluation.json` have it. */
export interface JudgedOnce {
  readonly treeId: string;
  readonly lineage: Pick<Lineage, "declared" | "holdout" | "judgedArtifact" | "parent" | "trainedUntil">;
  readonly evaluation: StoredEvaluation | null;
}

export interface StoredEvaluation {
  readonly kind: ComparisonKind;
  readonly metrics: readonly StoredPair[];
}

/** A metric of a version and of the champion that it was compared with. */
export interface StoredPair {
  readonly metric: MetricName;
  readonly champion: number;
  readonly challenger: number;
  readonly improvement: number;
}

/** Two versions on the same rows. */
export interface MeasuredTogether {
  readonly on: MeasuredRows;
  readonly a: MeasuredModel;
  readonly b: MeasuredModel;
  readonly metrics: readonly PairedNumbers[];
}

/**
 * The numbers of a version and of its parent, which one run measured on the same rows.
 *
 * @returns `null`: `b` was not compared with `a`, or says nothing of it.
 */
export function judgedTogether(a: Omit<JudgedOnce, "evaluation">, b: JudgedOnce): MeasuredTogether | null {
  const { lineage, evaluation } = b;
  if (evaluation === null || !isAgainstChampion(evaluation.kind) || lineage.parent !== a.treeId) return null;
  const metrics = evaluation.metrics.map(({ metric, champion, challenger, improvement }) => ({
    metric,
    a: champion,
    b: challenger,
    improvement,
  }));
  if (metrics.length === 0) return null;
  const { holdout } = lineage;
  return { on: measuredRows(holdout), a: comparedModel(a.lineage, holdout), b: judgedModel(lineage), metrics };
}

/** The same, the other way round. */
export function turned({ on, a, b, metrics }: MeasuredTogether): MeasuredTogether {
  // 0 - x, since -0 is not a number for people.
  const swapped = metrics.map((each) => ({ ...each, a: each.b, b: each.a, improvement: 0 - each.improvement }));
  return { on, a: b, b: a, metrics: swapped };
}

export function measuredRows({ rows, from, to }: MeasuredRows): MeasuredRows {
  return { rows, from, to };
}

/** Which model a version's own numbers are of. */
export function judgedModel({ judgedArtifact }: Pick<Lineage, "judgedArtifact">): MeasuredModel {
  return typeof judgedArtifact === "string" ? "judged" : "shipped";
}

/** What stood for the champion on a holdout. */
function comparedModel(champion: JudgedOnce["lineage"], { from }: MeasuredRows): MeasuredModel {
  const until = learnedUntil(champion);
  if (champion.declared !== undefined) {
    const isNewer = until !== null && from !== null && Date.parse(until) < Date.parse(from);
    return isNewer ? "shipped" : "elsewhere";
  }
  if (from === null) return judgedModel(champion) === "judged" ? "trained-again" : "shipped";
  return until !== null && Date.parse(until) >= Date.parse(from) ? "trained-again" : "shipped";
}
