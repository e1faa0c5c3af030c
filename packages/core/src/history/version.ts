/** A commit on the first-parent line of the base branch that changed a champion folder. */
export interface FolderCommit {
  readonly sha: string;
  /** Epoch milliseconds, UTC. */
  readonly committedAt: number;
  readonly author: string;
  readonly subject: string;
  /** Git tree id of `models/<model>/champion/` after the commit; `null` when the folder is gone. */
  readonly treeId: string | null;
}

/** What `readHistory` needs to know of a tree to say whether it is what its own `lineage.json` says. */
export interface TreeFacts {
  /** `null`: valid; otherwise the first thing that is wrong, as one sentence. */
  readonly broken: string | null;
  /** `lineage.parent`; `null` for a first model, and for a broken tree that does not say. */
  readonly parent: string | null;
  readonly inputDigest: string | null;
}
