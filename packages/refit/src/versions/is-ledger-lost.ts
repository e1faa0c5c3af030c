import type { Lineage, ModelHistory } from "@refit/core/history";

/**
 * Whether there should be a ledger: of a model that was imported and compared with nothing yet, nothing is remembered.
 *
 * @param lineage of the champion; `null`: it cannot be read.
 */
export function isLedgerLost(
  { missing }: { readonly missing: boolean },
  { champion, versions }: Pick<ModelHistory, "champion" | "versions">,
  lineage: Lineage | null,
): boolean {
  if (!missing || champion === null) return false;
  return versions.length > 1 || lineage?.declared?.by !== "import";
}
