/**
 * Whether a verdict puts a version before people: where the evidence is too weak, a person may decide.
 *
 * @param verdict also one that the ledger remembers, and a newer refit gave.
 */
export function mayBeProposed(verdict: string | undefined): verdict is "promote" | "inconclusive" {
  return verdict === "promote" || verdict === "inconclusive";
}
