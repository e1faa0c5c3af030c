import type { Finding, Profile } from "@refit/core/data";
import type { InputDigests, LineageFile } from "@refit/core/history";
import type { SourceFile } from "../ports/sources.ts";

/** A file of a snapshot: where it is, and what its bytes were. */
export interface SnapshotFile {
  readonly source: SourceFile;
  readonly sha256: string;
}

/** The data as they are now, by content, and what the checks say of the new files. */
export interface Snapshot {
  readonly files: readonly LineageFile[];
  readonly sources: readonly SnapshotFile[];
  readonly rows: number;
  readonly findings: readonly Finding[];
  readonly blocked: boolean;
  readonly digests: InputDigests;
  /** Paths of the files that the champion was not built from. */
  readonly newFiles: readonly string[];
  /** Of the rows in `newFiles`; `null`: there are none, or they cannot be read. */
  readonly newProfile: Profile | null;
}
