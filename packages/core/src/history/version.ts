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

/** One file of a folder as git lists it. */
export interface TreeFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** Six octal digits: 100644 file, 100755 executable, 120000 symlink, 160000 submodule. */
  readonly mode: string;
  /** Object id of the blob (or of a submodule's commit). */
  readonly id: string;
}

/** A commit together with every file of the folder after it, sorted by path; none when the folder is gone. */
export interface FolderState extends FolderCommit {
  readonly files: readonly TreeFile[];
  /** Contents of the files that were asked for, by path; without those that do not exist. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/** What `readHistory` needs to know of a tree to say whether it is what its own `lineage.json` says. */
export interface TreeFacts {
  /** `null`: valid; otherwise the first thing that is wrong, as one sentence. */
  readonly broken: string | null;
  /** `lineage.parent`; `null` for a first model, and for a broken tree that does not say. */
  readonly parent: string | null;
  readonly inputDigest: string | null;
  /**
   * The format of its `lineage.json`, where only a newer refit can read it: nothing is known of the version but its tree
   * id, and it is not broken. `null` for every other version.
   */
  readonly newerFormat: number | null;
}
