import type { LedgerRow } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";
import type { Lineage } from "../lineage/lineage.ts";

/** A version of the base branch that was judged once. */
export interface JudgedVersion {
  /** When it went live or was replaced, epoch milliseconds, UTC. */
  readonly since: number;
  readonly lineage: {
    readonly digests: Pick<Lineage["digests"], "settings">;
    readonly data: { readonly files: readonly JudgedFile[] };
  };
}

/** A data file, by content, with its rows. */
export interface JudgedFile {
  readonly path: string;
  readonly sha256: string;
  readonly rows: number;
}

/** The point that triggers are measured from. */
export interface LastJudged {
  /** Epoch milliseconds, UTC. */
  readonly at: number;
  /** Digest of everything but the data files that decided that training. */
  readonly settingsDigest: string;
  /** What it was trained and judged on. */
  readonly files: readonly JudgedFile[];
}

/** Blocked data were never judged. */
export const judgedKinds = ["look", "proposed", "declined", "rejected", "forced"] as const;

/**
 * The newest of the champion, the version that was rolled back last, and every candidate that the ledger knows, so that
 * triggers are never measured from a restored champion alone. On a tie the candidate counts, then the version that was
 * replaced.
 */
export function lastJudged(
  champion: JudgedVersion | null,
  lastRolledBack: JudgedVersion | null,
  ledger: readonly LedgerRow[],
): LastJudged | null {
  const judged: LastJudged[] = [];
  for (const version of [champion, lastRolledBack]) {
    if (version === null) continue;
    const { digests, data } = version.lineage;
    judged.push({ at: version.since, settingsDigest: digests.settings, files: data.files });
  }
  for (const { at, settingsDigest, files } of rowsOfKind(ledger, ...judgedKinds)) {
    judged.push({ at: Date.parse(at), settingsDigest, files });
  }
  return judged.reduce<LastJudged | null>(
    (newest, next) => (newest === null || next.at >= newest.at ? next : newest),
    null,
  );
}
