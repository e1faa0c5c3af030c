import type { LedgerRow } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";
import type { RetrainPolicy } from "../spec/model-spec.ts";
import { DAY } from "../time.ts";
import { type BlockedRuns, blockedInARow } from "./blocked-in-a-row.ts";
import { judgedKinds } from "./last-judged.ts";
import type { Reason } from "./reason.ts";

/** What can be said of a live model without reading any data. */
export interface Outlook {
  readonly blocked: BlockedRuns | null;
  /** The live model on rows since it was judged, as the last run that measured it saw it; `null`: none did. */
  readonly performance: Pick<Extract<Reason, { kind: "performance" }>, "metric" | "before" | "now"> | null;
  /** When its age alone asks for a retrain, epoch milliseconds, UTC; `null`: never. */
  readonly dueAt: number | null;
}

/**
 * @param ledger rows of the model, oldest first.
 * @param since when the live version went live, epoch milliseconds, UTC.
 * @param policy `null`: its spec cannot be read.
 */
export function outlook(
  ledger: readonly LedgerRow[],
  champion: { readonly treeId: string; readonly since: number },
  policy: Pick<RetrainPolicy, "maxAgeDays"> | null,
): Outlook {
  const judgedAt = rowsOfKind(ledger, ...judgedKinds).map(({ at }) => Date.parse(at));
  const maxAgeDays = policy?.maxAgeDays;
  const ofChampion = ledger.filter(({ parent }) => parent === champion.treeId);
  const measured = rowsOfKind(ofChampion, "proposed", "rejected", "blocked")
    .flatMap(({ reasons = [] }) => reasons)
    .findLast((reason) => reason.kind === "performance");
  return {
    blocked: blockedInARow(ledger),
    performance:
      measured === undefined ? null : { metric: measured.metric, before: measured.before, now: measured.now },
    dueAt: maxAgeDays === undefined ? null : Math.max(champion.since, ...judgedAt) + maxAgeDays * DAY,
  };
}
