import { rowOf } from "../ledger/ledger-row.fixture.ts";
import type { LedgerKind, LedgerRow, RowOf } from "../ledger/ledger-row.ts";
import type { Attempt } from "./attempt.ts";

/** A day of January 2026, epoch milliseconds. */
export const day = (number: number) => Date.UTC(2026, 0, number);

export const attempt: Attempt = { inputDigest: "now", parent: "champion", policyDigest: "policy" };

/** What happened on a day of January 2026; by default to today's inputs, against today's champion. */
export function row<Kind extends LedgerKind>(kind: Kind, on: number, change: Partial<RowOf<Kind>> = {}): LedgerRow {
  const { inputDigest, parent } = attempt;
  return rowOf(kind, { at: new Date(day(on)).toISOString(), inputDigest, parent, ...change });
}
