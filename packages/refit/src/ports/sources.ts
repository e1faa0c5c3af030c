import type { Finding } from "@refit/core/data";
import type { RemoteVersion } from "@refit/core/history";
import type { DataManifest, FileColumnRule, SourceFormat } from "@refit/core/spec";
import type { Repository } from "./repository.ts";

/** One file of a dataset, found but not read. */
export interface SourceFile extends SourceFormat {
  /** Logical path with `/`, relative to the repository's root; an address without anything secret for a remote file. */
  readonly path: string;
  /** Zero where only the file itself can tell, until it was fetched once. */
  readonly bytes: number;
  /** Git blob id at the base commit; `null` for an untracked or external file. */
  readonly blob: string | null;
  /** What decides "unchanged" without reading: the blob id, or size, mtime and inode, or path and version. */
  readonly identity: string;
  /** What its place calls these bytes; left out for a file that lies in the repository. */
  readonly version?: RemoteVersion;
  /** When its place says that it was written, epoch milliseconds; left out where that is not known. */
  readonly modifiedAt?: number;
  /** Which kind of source it comes from, where its path does not say so. */
  readonly scheme?: string;
  /** Its columns of type `file`; left out: it has none. */
  readonly names?: NamingRule;
  /** What its rows name, once that is known. */
  readonly named?: NamedFacts;
}

/** Which columns of a data file name further files, and where those are looked for. */
export interface NamingRule {
  readonly columns: readonly FileColumnRule[];
  /** Whether they are those of the work tree. */
  readonly workTree: boolean;
  /** The digest of both together in an earlier state, which is meant; left out: what is there now. */
  readonly was?: string;
}

/** A data file and the files that its rows name, in a few numbers. */
export interface NamedFacts {
  /** Of both together, as `FetchedFile` has it. */
  readonly sha256: string;
  /** Of the data file's own bytes. */
  readonly own: string;
  /** Distinct paths that rows name, and the bytes of these files together. */
  readonly files: number;
  readonly bytes: number;
}

/** A file that a row names. */
export interface RowFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Brings its bytes here. @returns absolute path. @throws SourceVanishedError */
  bring(): Promise<string>;
}

/** Why a path of a row cannot be used. */
export interface NamingProblem {
  readonly code: "file-missing" | "file-path" | "file-too-large";
  /** As a clause, such as "does not exist". */
  readonly words: string;
}

/** What the texts of one column lead to. */
export interface NamingColumn {
  readonly name: string;
  readonly files: ReadonlyMap<string, RowFile | NamingProblem>;
}

/** Numbers of rows of a file, from 1: the first and the last of each run of neighbours, ascending. */
export type RowRanges = readonly (readonly [first: number, last: number])[];

/** A remote file as a lineage names it. */
export interface VersionedFile {
  readonly path: string;
  readonly bytes: number;
  readonly version: RemoteVersion;
}

/** A file whose bytes are here and hashed. */
export interface FetchedFile extends SourceFile {
  /** Of its bytes; where its rows name files, of its own digest and theirs. */
  readonly sha256: string;
  /** Files that its rows name, by column; left out: it has no column of type `file`. */
  readonly namedFiles?: readonly NamingColumn[];
  /** Absolute path of its bytes. */
  readonly localPath: string;
  /** The only rows that are read; absent: all. */
  readonly only?: RowRanges;
  /** The byte after the last of the other rows, where `only` is every row from some row on; absent: not known, and the others are read to come there. */
  readonly from?: number;
}

/** Files that are opened together. */
export interface FetchedData {
  /** Of the model's own rows. */
  readonly files: readonly FetchedFile[];
  /** Of the further tables, by the table's name. */
  readonly tables: ReadonlyMap<string, readonly FetchedFile[]>;
}

export interface SourceListing {
  readonly files: readonly SourceFile[];
  readonly findings: readonly Finding[];
  /** Uncommitted edits, ignored files and the like, as sentences. */
  readonly notices: readonly string[];
}

export interface Sources {
  /** Schemes that a path may have, as `schemeOf` reads them. */
  readonly schemes: readonly string[];
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
  /**
   * Absolute paths of the files and folders that `list` looks at in the work tree: while they look the same, it lists
   * the same. `null`: it looks at another machine.
   */
  watched(repository: Repository, manifest: DataManifest): Promise<readonly string[] | null>;
  /**
   * A remote file in the version that it once had, to be fetched in place of what its place has now; `null`: no source of the
   * manifest names it, or its kind of place keeps no versions and this machine has not kept the bytes. Asks nobody.
   *
   * @param options `ifKept`: `null` also where only the place might have it.
   */
  earlier(
    repository: Repository,
    manifest: DataManifest,
    file: VersionedFile,
    options?: { readonly ifKept: boolean },
  ): Promise<SourceFile | null>;
  /**
   * Brings the bytes here (in place where they are, else from git with filters, or over the network) and hashes them,
   * streaming. A remote file may be fetched once its source was listed.
   *
   * @throws SourceVanishedError, and for a remote file SourceUnreachableError, SourceRefusedError, SourceAlteredError,
   * DataLimitError
   */
  fetch(repository: Repository, file: SourceFile): Promise<FetchedFile>;
}
