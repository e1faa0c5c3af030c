import type { LedgerRow } from "../ledger/ledger-row.ts";
import { HOUR } from "../time.ts";

/** Clocks of two machines may differ by this, milliseconds. */
const skew = HOUR;

/**
 * Rows by whether their date can be right. A machine whose clock is wrong writes rows of the future; such a date says
 * nothing of how long ago something was done, and must not hold back retrains until it comes.
 */
export function datedRows(
  ledger: readonly LedgerRow[],
  now: number,
): { readonly past: readonly LedgerRow[]; readonly future: readonly LedgerRow[] } {
  const isPast = (row: LedgerRow) => Date.parse(row.at) <= now + skew;
  return { past: ledger.filter(isPast), future: ledger.filter((row) => !isPast(row)) };
}
