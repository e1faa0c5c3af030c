import type { LedgerKind, LedgerRow, RowOf } from "./ledger-row.ts";

const head = { model: "churn", at: "2026-03-01T00:00:00.000Z", inputDigest: "i", parent: null, holdout: null };
const judged = { settingsDigest: "s", files: [{ path: "data/a.csv", sha256: "a", rows: 100 }] };

const rows: { readonly [Kind in LedgerKind]: RowOf<Kind> } = {
  look: {
    ...head,
    ...judged,
    kind: "look",
    look: 1,
    alpha: 0.05,
    window: { from: "2026-01-01", to: "2026-02-01", rows: 100 },
    verdict: "promote",
    policyDigest: "p",
    driftLevel: 0.2,
  },
  proposed: { ...head, ...judged, kind: "proposed", reasons: [{ kind: "no-champion" }] },
  declined: { ...head, ...judged, kind: "declined", reason: "not yet" },
  rejected: { ...head, ...judged, kind: "rejected", reasons: [{ kind: "settings" }], policyDigest: "p" },
  blocked: { ...head, kind: "blocked" },
  unblocked: { ...head, kind: "unblocked" },
  rolledBack: { ...head, kind: "rolledBack" },
  forced: { ...head, ...judged, kind: "forced", reason: "new labels" },
  drift: { ...head, kind: "drift", driftLevel: 1.4 },
  repeated: { ...head, kind: "repeated", program: "p" },
};

/** A whole row of a kind, with what a test wants otherwise. */
export function rowOf<Kind extends LedgerKind>(kind: Kind, change: Partial<RowOf<Kind>> = {}): LedgerRow {
  return { ...rows[kind], ...change };
}

export const rowOfEachKind: readonly LedgerRow[] = Object.values(rows);
