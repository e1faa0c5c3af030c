import type { LeftLock, RefitError } from "@refit/core/errors";
import type { FolderState, TreeFile } from "@refit/core/history";
import type { Repository } from "./repository.ts";

/** A file of a listing; `path` is relative to the listed folder. */
export type TreeEntry = TreeFile;

export interface TagTarget {
  /** Of the tag itself, where it is annotated. */
  readonly id: string;
  /** What it is on at last; hardly ever something else than a commit. */
  readonly commit: string;
}

/** Where a log that was read earlier has ended. */
export interface LogStart {
  readonly commit: string;
  /** Files of a folder there; asked for those that have changed since. */
  filesOf(folder: string): readonly TreeFile[];
}

export interface LogSince {
  /** All commits since, also those that changed none of the folders. */
  readonly commits: number;
  readonly states: ReadonlyMap<string, readonly FolderState[]>;
}

/** Reading git: plumbing output only. */
export interface Git {
  /**
   * @throws NotARepositoryError, ShallowCloneError, BaseNotFoundError, BaseDivergedError
   */
  locate(): Promise<Repository>;
  /**
   * The same work tree as if nothing had ever been committed: its base commit holds no file. For answers that rest on files alone;
   * in a clone without history, too.
   *
   * @throws NotARepositoryError
   */
  withoutHistory(): Promise<Repository>;
  /** Object id of a revision or a full ref name such as `refs/heads/refit-ledger`; `null` when there is none. */
  resolve(revision: string): Promise<string | null>;
  /**
   * First-parent commits of `commit` that changed one of the folders, oldest first, with that folder's tree id and
   * files after it, and the contents of the named files, such as `lineage.json`.
   */
  log(
    commit: string,
    folders: readonly string[],
    contents?: readonly string[],
  ): Promise<ReadonlyMap<string, readonly FolderState[]>>;
  /** What `log` has after the start; `null`: the start is not on the first-parent line of `commit`, as after a rewrite. */
  logSince(
    start: LogStart,
    commit: string,
    folders: readonly string[],
    contents?: readonly string[],
  ): Promise<LogSince | null>;
  /**
   * Files of the base commit that the work tree has otherwise, or not at all; filters and line endings are no difference. Reads only
   * what looks changed since git last saw it.
   *
   * @param patterns of paths from the root: `**` is any number of folders, `\\` takes a character as it is.
   */
  edited(repository: Repository, patterns: readonly string[]): Promise<ReadonlySet<string>>;
  /** Every file below `folder` of a commit or tree, recursively; empty when it does not exist. */
  list(treeish: string, folder?: string): Promise<readonly TreeEntry[]>;
  /** Names of refit's branches in this clone, and on the remote as last fetched. */
  ownBranches(repository: Repository): Promise<ReadonlySet<string>>;
  /** When this clone last had what the remote has, epoch milliseconds; `null`: there is none, or nothing tells. */
  fetchedAt(repository: Repository): Promise<number | null>;
  /** All tags of this clone, by name. */
  tags(): Promise<ReadonlyMap<string, TagTarget>>;
  /**
   * Contents of objects such as `<commit>:<path>` or a blob id, in one process; `null` where there is none.
   *
   * @param options.once nobody asks for them again, so that they need not stay in memory.
   */
  read(objects: readonly string[], options?: { readonly once?: boolean }): Promise<readonly (Uint8Array | null)[]>;
}

export interface Trailer {
  readonly name: string;
  readonly value: string;
}

/** How commits descend from each other. */
export interface Ancestry {
  /** The newest commit that both contain, themselves included; `null`: they have none in common, or one does not exist. */
  mergeBase(a: string, b: string): Promise<string | null>;
  /** The last lines of a commit's message that name something, such as `Refit-Verdict: promote`. */
  trailers(commit: string): Promise<readonly Trailer[]>;
  /** When a commit was made, by its committer's clock; epoch milliseconds. */
  committedAt(commit: string): Promise<number>;
  /**
   * Whether refit may put another commit in the place of a head of one of its branches: all that it adds to the base branch
   * was made by refit, or its version has come there.
   */
  isReplaceable(repository: Repository, branch: string, head: string): Promise<boolean>;
  /** Whether a commit of refit's says that it was made to take this head's place; `null`: that of no head. */
  isMadeToReplace(commit: string, head: string | null): Promise<boolean>;
}

export interface CommitRequest {
  /** Full ref, such as `refs/heads/refit--churn`; created or moved. */
  readonly ref: string;
  /** What the ref must point to now; `null`: it must not exist. */
  readonly expected: string | null;
  /** Parent of the new commit; `null`: a root commit. */
  readonly parent: string | null;
  /** Folders that are emptied first, so that only `files` remain in them. */
  readonly replace: readonly string[];
  /** Files to write, by path from the repository's root; filters apply. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Folders to take over exactly as they are stored, as git tree ids by path; they are in `replace`, too. */
  readonly folders?: ReadonlyMap<string, string>;
  readonly message: string;
  /** Author and committer date, epoch milliseconds. */
  readonly at: number;
}

export interface RefUpdate {
  readonly ref: string;
  /** `null` deletes. */
  readonly id: string | null;
  /** The lease: what the remote must hold now; `null`: nothing. */
  readonly expected: string | null;
}

/** Writing git. The user's checkout, index, current branch and hooks are never touched. */
export interface Branches {
  /** Brings the remote's base branch, ledger, proposals and tags here, under `refs/remotes/<remote>/…`. No-op without a remote. */
  fetch(repository: Repository): Promise<void>;
  /** Commits from a temporary work tree, so that filters (LFS, line endings) apply. @returns the commit id. @throws GitIdentityError, RefMovedError */
  commit(repository: Repository, request: CommitRequest): Promise<string>;
  /** Creates an annotated tag, or leaves an equal one. @returns `exists-elsewhere` when the name points to something else. */
  tag(
    repository: Repository,
    tag: { name: string; commit: string; message: string; at: number },
  ): Promise<"created" | "exists" | "exists-elsewhere">;
  /** Pushes all or none, each with its lease. No-op without a remote, and where nothing may leave the machine. @throws PushRejectedError {reason: "moved" | "refused"} */
  push(repository: Repository, updates: readonly RefUpdate[]): Promise<void>;
  /** Moves or deletes local refs, each only from its expected value. @throws RefMovedError */
  updateRefs(repository: Repository, updates: readonly RefUpdate[]): Promise<void>;
}

/** What the remote has that need not be here. */
export interface RemoteRefs {
  /**
   * Whether the remote's base branch and refit's own branches are what was last fetched. One question; `false` where it does not
   * answer, and without a remote.
   */
  areHeadsHere(repository: Repository): Promise<boolean>;
  /** Its tags by name, with the commit that each points to; empty without a remote. @throws RemoteUnreachableError */
  tags(repository: Repository): Promise<ReadonlyMap<string, string>>;
  /**
   * Brings the base branch here where the remote has another commit there, and nothing else: one ref is asked for first. No-op without a
   * remote, and where the branch was never pushed. @throws RemoteUnreachableError, GitLockedError
   */
  bringBase(repository: Repository): Promise<void>;
}

/** What would stop a commit later. */
export interface Obstacles {
  /** To commits on these branches, by their short names: no identity, a branch or a lock file in the way. Reads only. */
  toCommit(repository: Repository, branches: readonly string[]): Promise<readonly RefitError[]>;
  /** Lock files that stay on branches and tags that refit writes, whether or not they are in its way. Reads only. */
  leftLocks(repository: Repository): Promise<readonly LeftLock[]>;
  /** To a plain `git add --all` of files, by path from the root. Reads only. */
  toAdd(repository: Repository, files: readonly string[]): Promise<LeftOut>;
}

/** What `git add --all` leaves out in silence, or refuses. */
export interface LeftOut {
  /** Files that git ignores, with the rule: a pattern, the file that it stands in and its line. */
  readonly ignored: ReadonlyMap<string, { readonly pattern: string; readonly source: string; readonly line: number }>;
  /** Only part of the files is checked out, so that git takes no others without `--sparse`. */
  readonly isSparse: boolean;
}

/** Files that git keeps as pointers, and Git LFS elsewhere. */
export interface LargeFiles {
  /** Those of the paths that a commit onto the base branch keeps in Git LFS. @throws LfsMissingError */
  tracked(repository: Repository, paths: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * The files, by path, with contents in place of pointers, brought from the remote where they are not here.
   *
   * @throws LfsMissingError, LfsObjectMissingError
   */
  resolve(repository: Repository, files: ReadonlyMap<string, Uint8Array>): Promise<ReadonlyMap<string, Uint8Array>>;
}
