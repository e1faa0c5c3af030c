import type { LedgerRow } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";
import type { Attempt } from "./attempt.ts";
import type { Reason } from "./reason.ts";

/**
 * The reasons of the newest proposal that the ledger knows, where it is of these inputs against this champion and people
 * do not see it as a whole: the run that made it was cut short, or its branch was lost.
 *
 * @param shown the open proposal; `null`: none.
 * @returns `null`: there is nothing to finish.
 */
export function unfinished(
  attempt: Attempt,
  ledger: readonly LedgerRow[],
  shown: { readonly inputDigest: string | null; readonly complete: boolean } | null,
): readonly Reason[] | null {
  if (shown?.complete === true && shown.inputDigest === attempt.inputDigest) return null;
  const newest = rowsOfKind(ledger, "proposed").at(-1);
  return newest?.inputDigest === attempt.inputDigest && newest.parent === attempt.parent ? newest.reasons : null;
}
