import type { LedgerRow } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";
import type { Attempt } from "./attempt.ts";

/**
 * Whether the newest model of these inputs failed against this champion, and a person has changed the policy (gates,
 * guardrails, accepted findings) since. `false` for a look of an older ledger, which does not say what it was judged by.
 */
export function policyChanged(attempt: Attempt, ledger: readonly LedgerRow[]): boolean {
  const last = rowsOfKind(ledger, "look").findLast(
    (row) => row.inputDigest === attempt.inputDigest && row.parent === attempt.parent,
  );
  const failed = last?.verdict === "hold" || last?.verdict === "block";
  return failed && last.policyDigest !== undefined && last.policyDigest !== attempt.policyDigest;
}
