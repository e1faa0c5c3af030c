import type { PrunedContent } from "@refit/core/answers";
import type { Repository } from "./repository.ts";
export type { PrunedContent, PrunedFiles } from "@refit/core/answers";

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
