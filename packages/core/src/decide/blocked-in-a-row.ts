import type { LedgerRow } from "../ledger/ledger-row.ts";

/** Runs since the last one that was not blocked. */
export interface BlockedRuns {
  readonly runs: number;
  /** The first of them, epoch milliseconds, UTC. */
  readonly since: number;
}

/** @param rows of a model, oldest first. @returns `null`: the last run was not blocked. */
export function blockedInARow(rows: readonly Pick<LedgerRow, "kind" | "at">[]): BlockedRuns | null {
  // The look of a comparison that blocked stands before its row.
  const told = rows.filter(({ kind }) => kind !== "look" && kind !== "forced");
  const start = told.findLastIndex(({ kind }) => kind !== "blocked") + 1;
  const blocked = told.slice(start);
  const [first] = blocked;
  return first === undefined ? null : { runs: blocked.length, since: Date.parse(first.at) };
}
