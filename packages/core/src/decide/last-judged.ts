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
  /** Where the bytes can be had again, as in a lineage; absent where an earlier release has written it down. */
  readonly bytes?: number | undefined;
  readonly blob?: string | null | undefined;
  readonly version?: Readonly<Record<string, string>> | undefined;
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
 * replaced. A version whose commit is dated ahead of `now` counts only where nothing else does: the clock of who merged it was
 * wrong, or `now` is before 1970, which is the first date that git can write.
 */
export function lastJudged(
  versions: readonly (JudgedVersion | null)[],
  ledger: readonly LedgerRow[],
  now: number,
): LastJudged | null {
  const known = versions.filter((version) => version !== null);
  const dated = known.filter(({ since }) => since <= now);
  return newest(dated, ledger) ?? newest(known, []);
}

function newest(versions: readonly JudgedVersion[], ledger: readonly LedgerRow[]): LastJudged | null {
  const judged: LastJudged[] = [];
  for (const version of versions) {
    const { digests, data } = version.lineage;
    judged.push({ at: version.since, settingsDigest: digests.settings, files: data.files });
  }
  for (const { at, settingsDigest, files } of rowsOfKind(ledger, ...judgedKinds)) {
    judged.push({ at: Date.parse(at), settingsDigest, files });
  }
  return judged.reduce<LastJudged | null>((last, next) => (last === null || next.at >= last.at ? next : last), null);
}
