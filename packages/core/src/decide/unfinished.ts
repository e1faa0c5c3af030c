import type { LedgerRow } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";
import type { Attempt } from "./attempt.ts";
import type { Reason } from "./reason.ts";

/** A proposal that people see. */
export interface ShownProposal {
  /** `null`: its folder is not valid. */
  readonly inputDigest: string | null;
  /** `false`: the run that made it was cut short, or the shared branch was lost. */
  readonly complete: boolean;
}

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
  shown: ShownProposal | null,
): readonly Reason[] | null {
  if (shown?.complete === true && shown.inputDigest === attempt.inputDigest) return null;
  const newest = rowsOfKind(ledger, "proposed").at(-1);
  return newest?.inputDigest === attempt.inputDigest && newest.parent === attempt.parent ? newest.reasons : null;
}
