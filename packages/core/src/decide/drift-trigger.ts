import type { Reason } from "./reason.ts";

/** Drift as the decision sees it. Levels as in `driftVerdict`: 1 and above is drift. */
export interface DriftSeen {
  readonly level: number;
  /** Columns that drifted, with their population stability index. */
  readonly columns: readonly { readonly feature: string; readonly psi: number }[];
  /** What a classifier that can tell the new rows told them by; `null`: it cannot, or was not asked. */
  readonly classifier: { readonly auc: number; readonly features: readonly string[] } | null;
  /** Levels of earlier snapshots that were compared with the same champion, oldest first. */
  readonly earlier: readonly number[];
  /** Columns whose drift a candidate against the same champion was judged for already. */
  readonly known: readonly string[];
  /** Whether a candidate against the same champion was judged for what the classifier says. */
  readonly classifierKnown: boolean;
}

/** Of this many snapshots … */
const windows = 3;
/** … this many must have drifted. */
const leastDrifted = 2;
/** What once drifted counts as drifted until its level falls below this. */
const rearmLevel = 0.7;

/**
 * What drift asks for.
 *
 * - `unconfirmed`: it drifted now, and in no other of the last three snapshots; one odd delivery is not a trend
 * - `known`: nothing drifted that a candidate was not judged for; another training would tell the same
 */
export function driftTrigger(seen: DriftSeen): "none" | "unconfirmed" | "known" | "fired" {
  const { level, columns, classifier, earlier, known, classifierKnown } = seen;
  const drifted = withHysteresis([...earlier, level]);
  if (!drifted.at(-1)) return "none";
  if (drifted.slice(-windows).filter(Boolean).length < leastDrifted) return "unconfirmed";
  const judgedBefore = known.length > 0 || classifierKnown;
  const nothingNew =
    columns.every(({ feature }) => known.includes(feature)) && (classifier === null || classifierKnown);
  return judgedBefore && nothingNew ? "known" : "fired";
}

/** In how many of the snapshots that still count the data had drifted. @param levels oldest first. */
export function driftedLately(levels: readonly number[]): number {
  return withHysteresis(levels)
    .slice(1 - windows)
    .filter(Boolean).length;
}

export function driftReasons({ columns, classifier }: DriftSeen): Reason[] {
  return [
    ...columns.map(({ feature, psi }): Reason => ({ kind: "drift", feature, psi })),
    ...(classifier === null
      ? []
      : [{ kind: "drift-classifier" as const, auc: classifier.auc, features: [...classifier.features] }]),
  ];
}

function withHysteresis(levels: readonly number[]): boolean[] {
  let drifted = false;
  return levels.map((level) => (drifted = level >= 1 || (drifted && level >= rearmLevel)));
}
