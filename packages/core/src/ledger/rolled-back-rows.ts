import type { RolledBack } from "../history/read-history.ts";
import type { RowOf } from "./ledger-row.ts";

/**
 * What history calls rolled back, as ledger rows. History decides what is refused; the ledger keeps that a person said no
 * even after the version came back, for the cool-down and for auto-merge.
 */
export function rolledBackRows(model: string, rolledBack: readonly RolledBack[]): RowOf<"rolledBack">[] {
  return rolledBack.flatMap(({ version, at }) => {
    const { inputDigest, parent } = version;
    if (inputDigest === null) return [];
    return [{ kind: "rolledBack", model, at: new Date(at).toISOString(), inputDigest, parent, holdout: null }];
  });
}
