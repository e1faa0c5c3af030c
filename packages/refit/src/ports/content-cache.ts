import type { Repository } from "./repository.ts";

export interface PrunedFiles {
  /** Files that were removed. */
  readonly removed: number;
  readonly removedBytes: number;
  /** Files that stay: a version needs them, or they were used lately. */
  readonly kept: number;
  readonly keptBytes: number;
}

/** Of remote data, and of the other things that make a run cheaper. */
export interface PrunedContent extends PrunedFiles {
  /** What was found out of files and rows, and copies of files that git keeps in another form. */
  readonly caches: PrunedFiles;
  /** What backtests keep to be continued. */
  readonly backtests: PrunedFiles;
}

/** What versions need, which stays however old it is. */
export interface NeededFiles {
  /** sha256 of remote data. */
  readonly content: ReadonlySet<string>;
  /** Below the folder of caches; `null`: it cannot be told, so all of it stays. */
  readonly caches: ReadonlySet<string> | null;
}

/** All that grows in the git common directory with the runs of refit. */
export interface ContentCache {
  /**
   * Removes what is not needed and was not used for a day, since another run may be reading it; what can only be told by its
   * last write, after sixty days.
   *
   * @param dryRun counts, and removes nothing.
   */
  prune(repository: Repository, needed: NeededFiles, dryRun: boolean): Promise<PrunedContent>;
}
