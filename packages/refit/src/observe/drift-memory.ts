import { driftVerdict, type ColumnDrift } from "@refit/core/data";
import type { DriftSeen } from "@refit/core/decide";
import { type RowOf, rowsOfKind } from "@refit/core/history";
import type { Context } from "../products/context.ts";
import type { Decided } from "../products/decided.ts";
import type { Observation } from "../products/observation.ts";
import type { Snapshot } from "../products/snapshot.ts";

/** Drift of a snapshot, with what the ledger knows of drift against the same champion; `null`: nothing was measured. */
export function driftSeen(
  { champion, ledger }: Context,
  { digests }: Snapshot,
  { drift, classifier }: Observation,
): DriftSeen | null {
  if (champion === null || drift.length === 0) return null;
  const rows = ledger.filter(({ parent }) => parent === champion.treeId);
  const reasons = rowsOfKind(rows, "proposed", "rejected", "blocked").flatMap((row) => row.reasons ?? []);
  const { level, columns } = driftVerdict(drift, classifier);
  return {
    level,
    columns: columns.map((column) => ({ feature: driftedName(column), psi: column.psi ?? 0 })),
    classifier: classifier?.status === "drift" ? { auc: classifier.auc!, features: classifier.features } : null,
    earlier: rowsOfKind(rows, "look", "drift").flatMap(({ inputDigest, driftLevel }) =>
      driftLevel === undefined || inputDigest === digests.input ? [] : [driftLevel],
    ),
    known: reasons.flatMap((reason) => (reason.kind === "drift" ? [reason.feature] : [])),
    classifierKnown: reasons.some(({ kind }) => kind === "drift-classifier"),
  };
}

/** For the row of a candidate that was judged on this snapshot. */
export function driftLevelOf({ drift, classifier }: Observation): Pick<RowOf<"look">, "driftLevel"> {
  return drift.length === 0 ? {} : { driftLevel: driftVerdict(drift, classifier).level };
}

function driftedName({ role, column }: ColumnDrift): string {
  return role === "prediction" ? `prediction of ${column}` : column;
}

/**
 * The row of a snapshot that led to no training. Until one has drifted against this champion, none needs to be
 * remembered, so that calm data write nothing.
 */
export function driftRows({ context, snapshot, observation }: Decided, now: number): RowOf<"drift">[] {
  const seen = driftSeen(context, snapshot, observation);
  if (seen === null || (seen.level < 1 && seen.earlier.every((level) => level < 1))) return [];
  const inputDigest = snapshot.digests.input;
  const { model } = context.request;
  const parent = context.champion!.treeId;
  const known = rowsOfKind(context.ledger, "look", "drift").some(
    (row) => row.driftLevel !== undefined && row.inputDigest === inputDigest,
  );
  const at = new Date(now).toISOString();
  return known ? [] : [{ kind: "drift", model, at, inputDigest, parent, holdout: null, driftLevel: seen.level }];
}
