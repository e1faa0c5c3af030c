/** A file that refit wants to write where people keep their own. */
export interface PlannedFile {
  /** With `/`, from the folder that all of them go to. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /**
   * What it may replace: nothing (`null`), only these bytes, since it is made out of them, or anything, since a person
   * has named it.
   */
  readonly replaces: Uint8Array | "anything" | null;
}

/** What becomes of a planned file; `unchanged`: it is there, with the same bytes. */
export type FileChange = "written" | "replaced" | "unchanged";

/** A folder in which people keep files of their own, such as the work tree of a repository. */
export interface WorkTree {
  /** Where the command was started: paths that a person gives count from there. Absolute. */
  readonly here: string;
  /** An absolute path without symbolic links, as far as it exists. */
  realPlace(path: string): Promise<string>;
  /** Looks at every place before anything is written, and writes nothing. @throws FilesInTheWayError with all that it found */
  check(folder: string, files: readonly PlannedFile[]): Promise<ReadonlyMap<string, FileChange>>;
  /**
   * Writes all of the files, or none.
   *
   * @param scratch a folder of ours, if possible on the same disk.
   * @throws FilesInTheWayError, also for what got in the way since it was checked
   */
  write(folder: string, files: readonly PlannedFile[], scratch: string): Promise<ReadonlyMap<string, FileChange>>;
}
