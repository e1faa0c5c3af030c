import type { LedgerRow } from "./ledger-row.ts";

type Keyed = Pick<LedgerRow, "model" | "kind" | "inputDigest" | "parent" | "holdout"> & {
  readonly policyDigest?: string | undefined;
};

/** A present key is not appended again. The same inputs against another bar are judged, and told, anew. */
export function ledgerKey({ model, kind, inputDigest, parent, holdout, policyDigest }: Keyed): string {
  return [model, kind, inputDigest, parent ?? "", holdout ?? "", policyDigest ?? ""].join(" ");
}
