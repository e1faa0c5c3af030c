import type { LedgerRow } from "./ledger-row.ts";
import { rowsOfKind } from "./rows-of-kind.ts";

/** Days after which a program is tried again, though nothing is known to have changed. */
const MOST_DAYS = 30;
const DAY = 86_400_000;

/**
 * Whether it was seen within the last 30 days that a program gives the same model again. A row of the future says nothing.
 *
 * @param program its digest, with all that it runs on. @param now epoch milliseconds, UTC.
 */
export function hasRepeated(rows: readonly LedgerRow[], program: string, now: number): boolean {
  return rowsOfKind(rows, "repeated").some((row) => {
    const age = now - Date.parse(row.at);
    return row.program === program && age >= 0 && age < MOST_DAYS * DAY;
  });
}
