import type { LedgerRow } from "../ledger/ledger-row.ts";

/** Runs since the last one that was not blocked. */
export interface BlockedRuns {
  readonly runs: number;
  /** The first of them, epoch milliseconds, UTC. */
  readonly since: number;
}

/** Kinds of rows that stand beside the one that says how a run ended. */
const besideAnEnd: ReadonlySet<string> = new Set(["look", "forced", "repeated"]);

/** @param rows of a model, oldest first. @returns `null`: the last run was not blocked. */
export function blockedInARow(rows: readonly Pick<LedgerRow, "kind" | "at">[]): BlockedRuns | null {
  const told = rows.filter(({ kind }) => !besideAnEnd.has(kind));
  const start = told.findLastIndex(({ kind }) => kind !== "blocked") + 1;
  const blocked = told.slice(start);
  const [first] = blocked;
  return first === undefined ? null : { runs: blocked.length, since: Date.parse(first.at) };
}
