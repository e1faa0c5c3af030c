import type { LedgerRow } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";

/** The live version on rows that came since it was judged, as a run has measured it. */
export interface LiveMeasured {
  readonly metric: string;
  readonly value: number;
  /** `null`: the ledger does not say. */
  readonly rows: number | null;
  /** When, epoch milliseconds, UTC. */
  readonly at: number;
}

/** What the ledger says of a model, without reading any data. */
export interface Outlook {
  /** `null`: no run has measured it. */
  readonly live: LiveMeasured | null;
  /** Newest row that a comparison has seen, epoch milliseconds; `null`: none has, or rows have no time. */
  readonly newestRow: number | null;
}

/** @param ledger rows of the model, oldest first. @param live tree id of the live version; `null`: none. */
export function outlook(ledger: readonly LedgerRow[], live: string | null): Outlook {
  const seen = rowsOfKind(ledger, "look")
    .map(({ window }) => (window.to === null ? Number.NaN : Date.parse(window.to)))
    .filter(Number.isFinite);
  return {
    live: live === null ? null : (lookAt(ledger, live) ?? declineOf(ledger, live)),
    newestRow: seen.length === 0 ? null : Math.max(...seen),
  };
}

function lookAt(ledger: readonly LedgerRow[], live: string): LiveMeasured | null {
  const look = rowsOfKind(ledger, "look").findLast((row) => row.parent === live && row.live !== undefined);
  return look === undefined ? null : { ...look.live!, rows: look.window.rows, at: Date.parse(look.at) };
}

/** An earlier release has written down only a decline that started a retrain. */
function declineOf(ledger: readonly LedgerRow[], live: string): LiveMeasured | null {
  const declines = rowsOfKind(ledger, "proposed", "rejected", "blocked").flatMap(({ parent, reasons = [], at }) =>
    parent === live ? reasons.flatMap((reason) => (reason.kind === "performance" ? [{ reason, at }] : [])) : [],
  );
  const last = declines.at(-1);
  return last === undefined
    ? null
    : { metric: last.reason.metric, value: last.reason.now, rows: null, at: Date.parse(last.at) };
}
