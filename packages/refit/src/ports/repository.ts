import type { WithLayout } from "@refit/core/spec";

/** Where the repository is, which commit is the truth, and where its models stand there. */
export interface Repository extends WithLayout {
  /** Absolute path of the work tree. */
  readonly root: string;
  /** Absolute path of the git common directory, where caches and local proposals live. */
  readonly commonDir: string;
  /** Name of the base (default) branch. */
  readonly baseBranch: string;
  readonly baseCommit: string;
  /** Remote that holds the shared history; `null`: none. */
  readonly remote: string | null;
  /** Sentences worth telling, such as "main is 2 commits ahead of origin/main". */
  readonly notices: readonly string[];
  /** Heads of the remote's base branch and of refit's own, as last fetched: `<id> <branch>`, sorted. Left out: nobody has read them. */
  readonly sharedHeads?: readonly string[];
}
