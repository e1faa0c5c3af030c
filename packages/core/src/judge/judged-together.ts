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

/** What a version says of how it was judged, in `lineage.json` and `evaluation.json`. */
export interface JudgedOnce {
  readonly treeId: string;
  /** Tree id of the version that it was compared with; `null`: none. */
  readonly parent: string | null;
  /** Its holdout. */
  readonly on: MeasuredRows;
  /** Last instant of any row that what ships has learned from, ISO 8601; `null`: it has no `time`. */
  readonly learnedUntil: string | null;
  /** What ships was trained once more after it was judged, the holdout included. */
  readonly isTrainedOn: boolean;
  /** It was trained elsewhere, so that what it has learned from is declared, or not known. */
  readonly isDeclared: boolean;
  readonly evaluation: StoredEvaluation | null;
}

export interface StoredEvaluation {
  readonly kind: ComparisonKind;
  readonly primary: MetricName;
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
export function judgedTogether(a: JudgedOnce, b: JudgedOnce): MeasuredTogether | null {
  const { evaluation, on } = b;
  if (evaluation === null || !isAgainstChampion(evaluation.kind) || b.parent !== a.treeId) return null;
  const metrics = evaluation.metrics.map(({ metric, champion, challenger, improvement }) => ({
    metric,
    a: champion,
    b: challenger,
    improvement,
  }));
  return metrics.length === 0 ? null : { on, a: comparedModel(a, on), b: judgedModel(b), metrics };
}

/** The same, the other way round. */
export function turned({ on, a, b, metrics }: MeasuredTogether): MeasuredTogether {
  // 0 - x, since -0 is not a number for people.
  const swapped = metrics.map((each) => ({ ...each, a: each.b, b: each.a, improvement: 0 - each.improvement }));
  return { on, a: b, b: a, metrics: swapped };
}

/** Which model a version's own numbers are of. */
function judgedModel({ isTrainedOn }: Pick<JudgedOnce, "isTrainedOn">): MeasuredModel {
  return isTrainedOn ? "judged" : "shipped";
}

/** What stood for the champion on a holdout. */
function comparedModel({ learnedUntil, isDeclared, isTrainedOn }: JudgedOnce, { from }: MeasuredRows): MeasuredModel {
  const isNewer = learnedUntil !== null && from !== null && Date.parse(learnedUntil) < Date.parse(from);
  if (isDeclared) return isNewer ? "shipped" : "elsewhere";
  if (from === null) return isTrainedOn ? "trained-again" : "shipped";
  return isNewer ? "shipped" : "trained-again";
}
