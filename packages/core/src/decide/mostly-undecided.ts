import type { LedgerRow } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";

/** Candidates that were trained, judged, and neither promoted nor refused. */
export interface Undecided {
  readonly undecided: number;
  /** How many of the newest candidates were looked at. */
  readonly of: number;
  /** The largest of their holdouts. */
  readonly rows: number;
}

/** The newest candidates that tell how a model fares now. */
const newest = 10;
const least = 3;

/**
 * Whether most candidates end without a decision, so that each costs a training and a person's eyes, and what is live gets old.
 *
 * @param ledger rows of a model, oldest first.
 * @returns `null`: they do not, or there were too few.
 */
export function mostlyUndecided(ledger: readonly LedgerRow[]): Undecided | null {
  const looks = rowsOfKind(ledger, "look").slice(-newest);
  const weak = looks.filter(({ verdict }) => verdict === "inconclusive");
  if (weak.length < least || 2 * weak.length <= looks.length) return null;
  return { undecided: weak.length, of: looks.length, rows: Math.max(...weak.map(({ window }) => window.rows)) };
}
