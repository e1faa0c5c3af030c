import type { Lineage, RowOf } from "@refit/core/history";

/** What is remembered of a person's no to a version. */
export function declinedRow(lineage: Lineage, at: number, reason?: string): RowOf<"declined"> {
  return {
    kind: "declined",
    model: lineage.model,
    at: new Date(at).toISOString(),
    inputDigest: lineage.inputDigest,
    parent: lineage.parent,
    holdout: lineage.holdout.digest,
    settingsDigest: lineage.digests.settings,
    files: lineage.data.files,
    ...(reason === undefined ? {} : { reason }),
  };
}
