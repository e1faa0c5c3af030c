import type { ClassifierDrift } from "../data/classifier-drift.ts";
import { driftVerdict } from "../data/drift-verdict.ts";
import type { ColumnDrift } from "../data/measure-drift.ts";
import type { LedgerRow, RowOf } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";
import type { Attempt } from "./attempt.ts";
import type { DriftSeen } from "./drift-trigger.ts";

/** What was measured now. */
export interface MeasuredDrift {
  /** None: there was nothing to measure. */
  readonly drift: readonly ColumnDrift[];
  /** `null`: not asked for. */
  readonly classifier: ClassifierDrift | null;
}

type Against = Pick<Attempt, "inputDigest" | "parent">;

/** Drift of a snapshot, with what the ledger knows of drift from the same champion; `null`: nothing was measured. */
export function driftSeen(
  { drift, classifier }: MeasuredDrift,
  { inputDigest, parent }: Against,
  ledger: readonly LedgerRow[],
): DriftSeen | null {
  if (parent === null || drift.length === 0) return null;
  const rows = ledger.filter((row) => row.parent === parent);
  const reasons = rowsOfKind(rows, "proposed", "rejected", "blocked").flatMap((row) => row.reasons ?? []);
  const { level, columns } = driftVerdict(drift, classifier);
  return {
    level,
    columns: columns.map((column) => ({ feature: driftedName(column), psi: column.psi ?? 0 })),
    classifier: classifier?.status === "drift" ? { auc: classifier.auc!, features: classifier.features } : null,
    earlier: earlierLevels({ inputDigest, parent }, ledger),
    known: reasons.flatMap((reason) => (reason.kind === "drift" ? [reason.feature] : [])),
    classifierKnown: reasons.some(({ kind }) => kind === "drift-classifier"),
  };
}

/** How far earlier snapshots had drifted from a champion, oldest first. @param against `inputDigest`: of a snapshot that is left out. */
export function earlierLevels(
  against: { readonly inputDigest: string | null; readonly parent: string },
  ledger: readonly LedgerRow[],
): number[] {
  const rows = ledger.filter(({ parent }) => parent === against.parent);
  return rowsOfKind(rows, "look", "drift").flatMap((row) =>
    row.driftLevel === undefined || row.inputDigest === against.inputDigest ? [] : [row.driftLevel],
  );
}

/** For the row of a candidate that was judged on this snapshot. */
export function driftLevelOf({ drift, classifier }: MeasuredDrift): Pick<RowOf<"look">, "driftLevel"> {
  return drift.length === 0 ? {} : { driftLevel: driftVerdict(drift, classifier).level };
}

/**
 * The row of a snapshot that led to no training; `null`: it need not be remembered. Until one has drifted from this
 * champion none is, so that calm data write nothing.
 *
 * @param now epoch milliseconds, UTC.
 */
export function driftRow(
  measured: MeasuredDrift,
  { model, inputDigest, parent }: Against & { readonly model: string },
  ledger: readonly LedgerRow[],
  now: number,
): RowOf<"drift"> | null {
  const seen = driftSeen(measured, { inputDigest, parent }, ledger);
  if (seen === null || (seen.level < 1 && seen.earlier.every((level) => level < 1))) return null;
  const known = rowsOfKind(ledger, "look", "drift").some(
    (row) => row.driftLevel !== undefined && row.inputDigest === inputDigest,
  );
  const at = new Date(now).toISOString();
  return known ? null : { kind: "drift", model, at, inputDigest, parent, holdout: null, driftLevel: seen.level };
}

function driftedName({ role, column }: ColumnDrift): string {
  return role === "prediction" ? `prediction of ${column}` : column;
}
