import type { ModelHistory } from "../history/read-history.ts";
import type { LedgerRow } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";

/**
 * The last proposal, decline, rollback or stop of a canary, epoch milliseconds, UTC; `null`: none, or no version has ever been live, since whoever
 * tries settings for a first model should not have to wait.
 *
 * @param ledgerLost history has a champion, yet there is no ledger: then every change of the champion folder counts, since
 * a proposal preceded it.
 */
export function lastActedAt(
  ledger: readonly LedgerRow[],
  history: {
    readonly rolledBack: readonly Pick<ModelHistory["rolledBack"][number], "at">[];
    readonly stopped?: readonly { readonly at: number }[];
    readonly events: readonly { readonly commit: { readonly committedAt: number } }[];
  },
  ledgerLost: boolean,
): number | null {
  if (history.events.length === 0) return null;
  const times = [
    ...rowsOfKind(ledger, "proposed", "declined", "rolledBack").map(({ at }) => Date.parse(at)),
    ...[...history.rolledBack, ...(history.stopped ?? [])].map(({ at }) => at),
    ...(ledgerLost ? history.events.map(({ commit }) => commit.committedAt) : []),
  ];
  return times.length === 0 ? null : Math.max(...times);
}
