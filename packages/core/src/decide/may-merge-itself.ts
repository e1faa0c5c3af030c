import type { ComparisonKind } from "../judge/comparison.ts";
import { isAgainstChampion } from "../judge/is-against-champion.ts";
import type { Verdict } from "../judge/verdict.ts";
import type { LedgerRow } from "../ledger/ledger-row.ts";

export interface MergeFacts {
  /** The policy on the base branch. */
  readonly merge: "review" | "auto";
  readonly verdict: Verdict["kind"];
  readonly comparison: ComparisonKind;
  readonly inputDigest: string;
  readonly ledger: readonly LedgerRow[];
  /** History has a champion, yet there is no ledger: nobody knows what was declined. */
  readonly ledgerLost: boolean;
  /** The champion answers the new rows worse than a constant would, and the challenger has learned from them (`champion-collapse`). */
  readonly championCollapsed: boolean;
  /** When versions were rolled back, epoch milliseconds. */
  readonly rolledBackAt: readonly number[];
}

/**
 * Whether the forge may merge a proposal without a person, behind its required checks.
 *
 * Only a proved improvement on a champion, and never the first proposal after a rollback or a decline: somebody has
 * just said no, so somebody looks first. Nor where the labels of the new rows may be wrong: against such rows, whoever learned them is better.
 */
export function mayMergeItself(facts: MergeFacts): boolean {
  const { merge, verdict, comparison, ledger, ledgerLost, championCollapsed, rolledBackAt, inputDigest } = facts;
  if (championCollapsed) return false;
  if (merge !== "auto" || verdict !== "promote" || !isAgainstChampion(comparison) || ledgerLost) return false;
  const timesOf = (kinds: readonly LedgerRow["kind"][]) =>
    ledger.filter((row) => kinds.includes(row.kind)).map((row) => Date.parse(row.at));
  const lastNo = Math.max(-Infinity, ...timesOf(["declined", "rolledBack"]), ...rolledBackAt);
  if (lastNo === -Infinity) return true;
  return ledger.some(
    (row) => row.kind === "proposed" && row.inputDigest !== inputDigest && Date.parse(row.at) > lastNo,
  );
}
