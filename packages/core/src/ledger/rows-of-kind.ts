import type { LedgerKind, LedgerRow, RowOf } from "./ledger-row.ts";

/** Rows of these kinds, in their order, with the fields of their kind. */
export function rowsOfKind<Kind extends LedgerKind>(
  rows: readonly LedgerRow[],
  ...kinds: readonly Kind[]
): readonly RowOf<Kind>[] {
  return rows.filter((row): row is RowOf<Kind> => (kinds as readonly LedgerKind[]).includes(row.kind));
}
