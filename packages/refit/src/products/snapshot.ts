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
  /** The byte at which they begin, where they are all rows from some row on; absent: not known. */
  readonly from?: number;
}

/** Files of the further tables, by the table's name. */
export type TableFiles = ReadonlyMap<string, readonly SnapshotFile[]>;

/** What is opened together. */
export interface DataFiles {
  /** Of the model's own rows. */
  readonly sources: readonly SnapshotFile[];
  readonly tables: TableFiles;
}

/** The data as they are now, by content, and what the checks say of the new files. */
export interface Snapshot extends DataFiles {
  readonly files: readonly LineageFile[];
  /** The further tables as the lineage names their files. */
  readonly tableFiles: ReadonlyMap<string, readonly LineageFile[]>;
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
