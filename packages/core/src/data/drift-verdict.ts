import { classifierLevel, type ClassifierDrift } from "./classifier-drift.ts";
import type { ColumnDrift } from "./measure-drift.ts";

/** What the columns say together. */
export interface DriftVerdict {
  /** 1 and above: the data have drifted. Below, how near they are. */
  readonly level: number;
  /** Columns that drifted, the farthest first. */
  readonly columns: readonly ColumnDrift[];
  /** Whether a classifier can tell the new rows from the champion's; `null`: not asked for. */
  readonly classifier: ClassifierDrift | null;
}

/** Share of the features, by importance, that must have drifted. */
const leastShare = 0.3;
/** How far beyond its floor one feature must be to count alone: PSI 0.25 is the usual word for a major change. */
const farEffect = 0.15;

/**
 * Whether the data as a whole have drifted: features that carry three tenths of the champion's answers, or one of them far
 * that carries its fair share, or the target, or the predictions, or a classifier can tell the new rows.
 *
 * Where importance is not known, all features weigh the same. One feature of many that moved a little is told, and not
 * worth a training. Features without an answer (too few rows) count neither way.
 *
 * @param classifier `null`: it was not asked for.
 */
export function driftVerdict(columns: readonly ColumnDrift[], classifier: ClassifierDrift | null = null): DriftVerdict {
  const drifted = columns.filter(({ status }) => status === "drift").sort((a, b) => excess(b) - excess(a));
  const features = columns.filter(({ role, status }) => role === "feature" && (status === "ok" || status === "drift"));
  const moved = drifted.filter(({ role }) => role === "feature");
  const total = weightOf(features);
  const fair = moved.filter(({ importance }) => importance === null || importance * features.length >= total);
  const levels = [
    total === 0 ? 0 : weightOf(moved) / total / leastShare,
    ...fair.map((column) => excess(column) / farEffect),
    ...columns.filter(({ role }) => role !== "feature").map(outcomeLevel),
    classifier === null ? 0 : classifierLevel(classifier),
  ];
  return { level: Math.max(0, ...levels), columns: drifted, classifier };
}

function weightOf(features: readonly ColumnDrift[]): number {
  return features.reduce((sum, { importance }) => sum + (importance ?? 1), 0);
}

function excess({ psi, floor }: ColumnDrift): number {
  return (psi ?? 0) - (floor ?? 0);
}

/** Of a target or prediction. A significant move below the floor is near drift; noise is none. */
function outcomeLevel({ status, psi, floor, p }: ColumnDrift): number {
  if (status === "drift") return Math.max(1, psi! / floor!);
  return p !== null && p < 0.05 ? Math.min(1, psi! / floor!) : 0;
}
