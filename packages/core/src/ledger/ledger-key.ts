import type { LedgerRow } from "./ledger-row.ts";

/** A present key is not appended again. */
export function ledgerKey(row: Pick<LedgerRow, "model" | "kind" | "inputDigest" | "parent" | "holdout">): string {
  return [row.model, row.kind, row.inputDigest, row.parent ?? "", row.holdout ?? ""].join(" ");
}
