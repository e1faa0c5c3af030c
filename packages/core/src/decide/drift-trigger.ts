import type { Reason } from "./reason.ts";

/** Drift as the decision sees it. Levels as in `driftVerdict`: 1 and above is drift. */
export interface DriftSeen {
  readonly level: number;
  /** Columns that drifted, with their population stability index. */
  readonly columns: readonly { readonly feature: string; readonly psi: number }[];
  /** Levels of earlier snapshots that were held against the same champion, oldest first. */
  readonly earlier: readonly number[];
  /** Columns whose drift a candidate against the same champion was judged for already. */
  readonly known: readonly string[];
}

/** Of so many snapshots … */
const windows = 3;
/** … so many must have drifted. */
const leastDrifted = 2;
/** What once drifted counts as drifted until its level falls below this. */
const rearmLevel = 0.7;

/**
 * What drift asks for.
 *
 * - `unconfirmed`: it drifted now, and in no other of the last three snapshots; one odd delivery is no trend
 * - `known`: no column drifted that the last candidate was not judged for; another training would tell the same
 */
export function driftTrigger({
  level,
  columns,
  earlier,
  known,
}: DriftSeen): "none" | "unconfirmed" | "known" | "fired" {
  const drifted = withHysteresis([...earlier, level]);
  if (!drifted.at(-1)) return "none";
  if (drifted.slice(-windows).filter(Boolean).length < leastDrifted) return "unconfirmed";
  if (known.length > 0 && columns.every(({ feature }) => known.includes(feature))) return "known";
  return "fired";
}

export function driftReasons({ columns }: DriftSeen): Reason[] {
  return columns.map(({ feature, psi }) => ({ kind: "drift", feature, psi }));
}

function withHysteresis(levels: readonly number[]): boolean[] {
  let drifted = false;
  return levels.map((level) => (drifted = level >= 1 || (drifted && level >= rearmLevel)));
}
