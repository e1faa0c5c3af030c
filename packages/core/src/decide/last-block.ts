import type { LedgerRow } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";

/** What the last judgement, if it was to block, says of today's inputs. */
export type LastBlock =
  | { readonly kind: "none" }
  /** It was about these very inputs. */
  | { readonly kind: "stands" }
  /** It was about other inputs, and these have not been judged. `at`: when, epoch milliseconds. */
  | { readonly kind: "outdated"; readonly at: number };

/**
 * Inputs that came back to what was judged and not blocked, or to what the champion has learned from, are as good as they
 * were then.
 *
 * @param ledger of the model, oldest first.
 * @param championInput the champion's input digest; `null`: nothing is live, or it does not say.
 */
export function lastBlock(ledger: readonly LedgerRow[], inputDigest: string, championInput: string | null): LastBlock {
  const looks = rowsOfKind(ledger, "look");
  const last = looks.at(-1);
  if (last?.verdict !== "block") return { kind: "none" };
  if (last.inputDigest === inputDigest) return { kind: "stands" };
  const known = looks.findLast((look) => look.inputDigest === inputDigest);
  const isFine = championInput === inputDigest || (known !== undefined && known.verdict !== "block");
  return isFine ? { kind: "none" } : { kind: "outdated", at: Date.parse(last.at) };
}
