import type { ColumnDrift } from "./measure-drift.ts";

/** What the columns say together. */
export interface DriftVerdict {
  /** 1 and above: the data have drifted. Below, how near they are. */
  readonly level: number;
  /** Columns that drifted, the farthest first. */
  readonly columns: readonly ColumnDrift[];
}

/** Share of the features that must have drifted. */
const leastShare = 0.3;
/** How far beyond its floor one feature must be to count alone: PSI 0.25 is the usual word for a major change. */
const farEffect = 0.15;

/**
 * Whether the data as a whole have drifted: three in ten of the features, or one of them far, or the target.
 *
 * One feature of many that moved a little is told, and not worth a training. Features without an answer (too few rows)
 * count neither way.
 */
export function driftVerdict(columns: readonly ColumnDrift[]): DriftVerdict {
  const drifted = columns.filter(({ status }) => status === "drift").sort((a, b) => excess(b) - excess(a));
  const features = columns.filter(({ role, status }) => role === "feature" && (status === "ok" || status === "drift"));
  const moved = drifted.filter(({ role }) => role === "feature");
  const levels = [
    features.length === 0 ? 0 : moved.length / features.length / leastShare,
    ...moved.map((column) => excess(column) / farEffect),
    ...columns.filter(({ role }) => role === "target").map(targetLevel),
  ];
  return { level: Math.max(0, ...levels), columns: drifted };
}

function excess({ psi, floor }: ColumnDrift): number {
  return (psi ?? 0) - (floor ?? 0);
}

/** A significant move below the floor is near drift; noise is none. */
function targetLevel({ status, psi, floor, p }: ColumnDrift): number {
  if (status === "drift") return Math.max(1, psi! / floor!);
  return p !== null && p < 0.05 ? Math.min(1, psi! / floor!) : 0;
}
