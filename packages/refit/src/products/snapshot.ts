import type { Finding, Profile } from "@refit/core/data";
import type { InputDigests, LineageFile } from "@refit/core/history";
import type { RowRanges, SourceFile } from "../ports/sources.ts";
import type { RowNews } from "./row-news.ts";

/** A file of a snapshot, or some rows of it: where it is, and what its bytes were. */
export interface SnapshotFile {
  readonly source: SourceFile;
  readonly sha256: string;
  /** The only rows that are meant; absent: all. */
  readonly only?: RowRanges;
}

/** The data as they are now, by content, and what the checks say of the new files. */
export interface Snapshot {
  readonly files: readonly LineageFile[];
  readonly sources: readonly SnapshotFile[];
  readonly rows: number;
  readonly findings: readonly Finding[];
  readonly blocked: boolean;
  readonly digests: InputDigests;
  /** Against what the champion was built from. */
  readonly news: RowNews;
  /** The rows that are new to the champion, by file. */
  readonly newRows: readonly SnapshotFile[];
  /** Of `newRows`; `null`: there are none, or they cannot be read. */
  readonly newProfile: Profile | null;
}
