import type { LedgerRow } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";
import { type BlockedRuns, blockedInARow } from "./blocked-in-a-row.ts";
import type { Reason } from "./reason.ts";

/** What the ledger says of a model, without reading any data. */
export interface Outlook {
  readonly blocked: BlockedRuns | null;
  /** The live model on rows since it was judged, as the last run that measured it saw it; `null`: none did. */
  readonly performance: Pick<Extract<Reason, { kind: "performance" }>, "metric" | "before" | "now"> | null;
}

/** @param ledger rows of the model, oldest first. @param live tree id of the live version; `null`: none. */
export function outlook(ledger: readonly LedgerRow[], live: string | null): Outlook {
  const ofLive = live === null ? [] : ledger.filter(({ parent }) => parent === live);
  const measured = rowsOfKind(ofLive, "proposed", "rejected", "blocked")
    .flatMap(({ reasons = [] }) => reasons)
    .findLast((reason) => reason.kind === "performance");
  return {
    blocked: blockedInARow(ledger),
    performance:
      measured === undefined ? null : { metric: measured.metric, before: measured.before, now: measured.now },
  };
}
