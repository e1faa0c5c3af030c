import type { Repository } from "./repository.ts";

export interface PrunedContent {
  /** Files that were removed. */
  readonly removed: number;
  readonly removedBytes: number;
  /** Files that stay: a version needs them, or they were used lately. */
  readonly kept: number;
  readonly keptBytes: number;
}

/** Bytes of remote files, kept by their sha256. */
export interface ContentCache {
  /**
   * Removes what is not needed and was not used for a day, since another run may be reading it.
   *
   * @param dryRun counts, and removes nothing.
   */
  prune(repository: Repository, needed: ReadonlySet<string>, dryRun: boolean): Promise<PrunedContent>;
}
