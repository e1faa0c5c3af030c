import type { LedgerRow } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";

/** Candidates in a row, with the time of the newest in epoch milliseconds, UTC. */
export interface Fruitless {
  readonly count: number;
  readonly lastAt: number;
}

/**
 * Candidates in a row, up to the newest, that were judged against this champion and not found good enough.
 *
 * @param parent tree id of the champion; `null`: none.
 * @returns `null`: none, or the newest was good enough.
 */
export function fruitless(ledger: readonly LedgerRow[], parent: string | null): Fruitless | null {
  const looks = rowsOfKind(ledger, "look").filter((row) => row.parent === parent);
  const count = looks.length - 1 - looks.findLastIndex((row) => row.verdict === "promote");
  return count === 0 ? null : { count, lastAt: Date.parse(looks.at(-1)!.at) };
}
