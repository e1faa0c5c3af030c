import type { FolderState, TreeFile } from "@refit/core/history";

const folderMode = "040000";
const goneMode = "000000";

export type FolderLog = ReturnType<typeof folderLog>;

/** A state whose contents are still being read. */
export interface OpenState extends FolderState {
  readonly contents: Map<string, Uint8Array>;
}

/**
 * Follows one folder through raw changes, adding up its files, so that no tree has to be opened.
 *
 * @param wanted names of files whose contents are asked for.
 * @param ask called with their blob ids, as they appear.
 * @param filesBefore those in the folder before the first change, where the log does not begin with the history.
 */
export function folderLog(
  folder: string,
  wanted: ReadonlySet<string>,
  ask: (id: string) => void,
  filesBefore: () => readonly TreeFile[] = () => [],
) {
  let known: Map<string, TreeFile> | null = null;
  const states: OpenState[] = [];
  let treeId: string | null = null;

  function filesHere(): Map<string, TreeFile> {
    if (known !== null) return known;
    known = new Map(filesBefore().map((file) => [file.path, file]));
    for (const { path, id } of known.values()) if (wanted.has(path)) ask(id);
    return known;
  }

  return {
    states,

    /**
     * @param raw `:<old mode> <new mode> <old id> <new id> <status>`
     * @returns whether the folder's own tree id changed.
     */
    change(raw: string, path: string): boolean {
      // Cut at fixed places: a long history has a hundred thousand of these lines.
      const mode = raw.slice(8, 14);
      const idLength = raw.indexOf(" ", 15) - 15;
      const id = raw.slice(16 + idLength, 16 + 2 * idLength);
      if (path === folder) {
        // A file or symlink of this name is not a version: its own line says nothing about the folder.
        if (mode !== folderMode && raw.slice(1, 7) !== folderMode) return false;
        treeId = mode === folderMode ? id : null;
        return true;
      }
      const files = filesHere();
      const relative = path.slice(folder.length + 1);
      if (mode === goneMode) files.delete(relative);
      else if (mode !== folderMode) {
        files.set(relative, { path: relative, mode, id });
        if (wanted.has(relative)) ask(id);
      }
      return false;
    },

    endOfCommit([sha, seconds, author, subject]: readonly string[]): void {
      states.push({
        sha: sha!,
        committedAt: Number(seconds) * 1000,
        author: author!,
        subject: subject!,
        treeId,
        files: [...filesHere().values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
        contents: new Map(),
      });
    },
  };
}
