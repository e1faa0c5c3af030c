import type { LedgerRow } from "./ledger-row.ts";
import { rowsOfKind } from "./rows-of-kind.ts";

/**
 * Which comparison of these inputs with this champion it is, from 1: with other gates the same inputs are judged again, and each
 * time there is another report.
 *
 * @param rows of the ledger, oldest first, with or without this comparison.
 */
export function attemptOf(
  rows: readonly LedgerRow[],
  judged: { readonly inputDigest: string; readonly parent: string | null; readonly policyDigest: string | undefined },
): number {
  const looks = rowsOfKind(rows, "look").filter(
    ({ inputDigest, parent }) => inputDigest === judged.inputDigest && parent === judged.parent,
  );
  const place = looks.findIndex(({ policyDigest }) => policyDigest === judged.policyDigest);
  return (place < 0 ? looks.length : place) + 1;
}
