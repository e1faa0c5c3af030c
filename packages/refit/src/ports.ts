import type { QuietRun } from "./outcome.ts";
import type { Repository } from "./products/repository.ts";
import type { Forge, ForgeSettings, Publisher } from "./forge-ports.ts";
import type { Column, DataManifest, Finding, FolderState, Learner, Profile, TreeFile } from "@refit/core";

/** The ports of the forge, which stand in a file of their own. */
export type * from "./forge-ports.ts";

/** The world as seen by the rooms. Every function returns plain values; adapters are wired in `adapters/index.ts`. */
export interface Ports {
  readonly clock: Clock;
  readonly git: Git;
  readonly branches: Branches;
  readonly largeFiles: LargeFiles;
  readonly forge: Forge;
  readonly publisher: Publisher;
  readonly settings: ForgeSettings;
  readonly files: Files;
  readonly sources: Sources;
  readonly tables: Tables;
  readonly learners: Learners;
  readonly quiet: QuietRuns;
  readonly out: Output;
}

export interface Clock {
  /** Epoch milliseconds, UTC. */
  now(): number;
  /** Milliseconds since some fixed moment; never goes back. Only differences mean something. */
  elapsed(): number;
}

// ---------------------------------------------------------------- git

/** A file of a listing; `path` is relative to the listed folder. */
export type TreeEntry = TreeFile;

/** Reading git: plumbing output only. */
export interface Git {
  /**
   * @throws NotARepositoryError, ShallowCloneError, BaseNotFoundError, BaseDivergedError
   */
  locate(): Promise<Repository>;
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
  /** Every file below `folder` of a commit or tree, recursively; empty when it does not exist. */
  list(treeish: string, folder?: string): Promise<readonly TreeEntry[]>;
  /** Contents of objects such as `<commit>:<path>` or a blob id, in one process; `null` where there is none. */
  read(objects: readonly string[]): Promise<readonly (Uint8Array | null)[]>;
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
  /** Commits in a temporary worktree, so that filters (LFS, line endings) apply. @returns the commit id. @throws GitIdentityError, RefMovedError */
  commit(repository: Repository, request: CommitRequest): Promise<string>;
  /** Creates an annotated tag, or leaves an equal one. @returns `exists-elsewhere` when the name points to something else. */
  tag(
    repository: Repository,
    tag: { name: string; commit: string; message: string; at: number },
  ): Promise<"created" | "exists" | "exists-elsewhere">;
  /** Pushes all or none, each with its lease. No-op without a remote. @throws PushRejectedError {reason: "moved" | "refused"} */
  push(repository: Repository, updates: readonly RefUpdate[]): Promise<void>;
  /** Moves or deletes local refs, each only from its expected value. @throws RefMovedError */
  updateRefs(repository: Repository, updates: readonly RefUpdate[]): Promise<void>;
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

// ---------------------------------------------------------------- files, sources, tables

/** What lies in a folder. */
export interface FolderEntry {
  /** With `/`, relative to the folder. */
  readonly path: string;
  readonly bytes: number;
  /** `false`: a symbolic link or a device, which is not followed. */
  readonly isFile: boolean;
}

/** The disk. Writes go to a temporary file first and are renamed. Paths are absolute. */
export interface Files {
  read(path: string): Promise<Uint8Array | null>;
  /** All that is no folder, at any depth, sorted by path; empty where there is no such folder. */
  list(folder: string): Promise<readonly FolderEntry[]>;
  write(path: string, bytes: Uint8Array): Promise<void>;
  remove(path: string): Promise<void>;
}

/** One file of a dataset, found but not read. */
export interface SourceFile {
  /** Logical path with `/`, relative to the repository's root. */
  readonly path: string;
  readonly format: "csv" | "parquet" | "jsonl";
  readonly delimiter: string | null;
  readonly bytes: number;
  /** Git blob id at the base commit; `null` for an untracked or external file. */
  readonly blob: string | null;
  /** What decides "unchanged" without reading: the blob id, or size, mtime and inode. */
  readonly identity: string;
}

/** A file whose bytes are here and hashed. */
export interface FetchedFile extends SourceFile {
  readonly sha256: string;
  /** Absolute path of bytes that hash to `sha256`. */
  readonly localPath: string;
}

export interface SourceListing {
  readonly files: readonly SourceFile[];
  readonly findings: readonly Finding[];
  /** Uncommitted edits, ignored files and the like, as sentences. */
  readonly notices: readonly string[];
}

export interface Sources {
  /**
   * Files that the manifest's sources name, sorted by path, without reading them.
   *
   * At a base commit tracked files come from the commit and untracked ones only when git-ignored; with
   * `workTree: true` (`--dry-run`) everything comes from the work tree.
   *
   * @throws SourceOutsideError for a path or symlink that leaves the repository.
   */
  list(repository: Repository, manifest: DataManifest, options: { readonly workTree: boolean }): Promise<SourceListing>;
  /**
   * The sha256 that this file had when last hashed, from the cache; `null` when its identity is new.
   */
  knownDigest(repository: Repository, file: SourceFile): Promise<string | null>;
  /** Brings the bytes here (in place where they are, else from git with filters) and hashes them, streaming. @throws SourceVanishedError */
  fetch(repository: Repository, file: SourceFile): Promise<FetchedFile>;
}

export interface ColumnInfo {
  readonly name: string;
  readonly type: Column["type"];
}

export interface OpenRequest {
  readonly dataset: string;
  readonly files: readonly FetchedFile[];
  readonly manifest: DataManifest;
  /** Types found by an earlier version, for columns that `schema` does not list. */
  readonly knownTypes: readonly ColumnInfo[];
  /** Folder for temporary files, removed on close. */
  readonly scratch: string;
}

/** The files read as one table `source`, typed; nothing else can be seen from inside. */
export interface SourceTable {
  readonly columns: readonly ColumnInfo[];
  /** Rows by logical path. */
  readonly rowsByFile: ReadonlyMap<string, number>;
  /** Problems of reading and casting, with file and line. When any is an error, `profile` and `prepare` must not be called. */
  readonly findings: readonly Finding[];
  /** Order-independent profile of one file's rows, after renaming and casting. */
  profile(path: string): Promise<Profile>;
  /**
   * Runs `prepare` and sorts the result by time, then key or row digest.
   *
   * @throws PrepareInvalidError with line and column for SQL that is no single SELECT, uses volatile functions, or fails.
   */
  prepare(request: {
    readonly sql: string | null;
    readonly target: string;
    readonly time: string | null;
    readonly key: readonly string[];
  }): Promise<PreparedTable>;
  close(): Promise<void>;
}

/** Prepared rows in their final order. */
export interface PreparedTable {
  readonly rows: number;
  /** Columns of the result, without refit's own. */
  readonly columns: readonly ColumnInfo[];
  /** Source columns that the target's expression reads in the outer SELECT: they give the answer away. */
  readonly targetInputs: readonly string[];
  column(name: string): Promise<Column>;
  /** Position of each row in [0, 1): the first 52 bits of sha256(dataset, canonical key or raw source row). */
  positions(): Promise<Float64Array>;
  /** First 64 bits of the sha256 of each row's raw source row; equal rows are equal. */
  rowDigests(): Promise<BigUint64Array>;
}

export interface Tables {
  open(request: OpenRequest): Promise<SourceTable>;
}

/** Learners by name, loaded only when asked for. */
export interface Learners {
  /** Known without loading anything; `null`: no such learner here. */
  algorithmVersion(name: string): number | null;
  /** @throws LearnerMissingError */
  get(name: string): Promise<Learner>;
}

// ---------------------------------------------------------------- quiet runs

/** Memory of the last quiet run, so that the door can answer the next one without asking git. */
export interface QuietRuns {
  /** @param watched absolute paths of files and folders that the run looked at, besides git's own. */
  remember(run: QuietRun, watched: readonly string[]): Promise<void>;
}

// ---------------------------------------------------------------- output

export interface Output {
  /** Result text on stdout. */
  print(line: string): void;
  /** Progress and notices on stderr; a bar on a terminal, lines elsewhere and with `--json`. */
  progress(stage: string, done?: number): void;
  notice(sentence: string): void;
}
