import type { FolderEntry } from "./files.ts";

/** Folders that are written as a whole. */
export interface Folders {
  /**
   * Writes a folder beside its place and renames it, so that nobody sees half of it.
   *
   * @param folder absolute. @param files by path in it.
   * @param mayReplace asked where something is there already, with all that is in it; else it stays, and nothing is written.
   * @throws FilesInTheWayError
   */
  replace(
    folder: string,
    files: ReadonlyMap<string, Uint8Array>,
    mayReplace: (entries: readonly FolderEntry[]) => Promise<boolean>,
  ): Promise<void>;
}
