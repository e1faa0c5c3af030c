import type { Git, TreeEntry } from "../ports.ts";
import { catFiles } from "./cat-file.ts";
import { gitLog } from "./git-log.ts";
import type { GitProcess } from "./git-process.ts";
import { locate } from "./locate.ts";

/**
 * Reads git through plumbing output only, so that no locale, configuration or porcelain change can bend it.
 *
 * @param base name of the base branch; `null`: found by `locate`.
 */
export function gitAdapter(git: GitProcess, base: string | null): Git {
  return {
    locate: () => locate(git, base),

    async resolve(revision) {
      if (revision.includes("\n")) return null;
      const found = await git.run(["cat-file", "--batch-check=%(objectname)"], { input: `${revision}\n` });
      return /^[0-9a-f]+$/.test(found) ? found : null;
    },

    log: (commit, folders, contents = []) => gitLog(git, commit, folders, contents),

    async list(treeish, folder) {
      const below = folder === undefined ? [] : ["--", `${folder}/`];
      const listing = await git.run(["ls-tree", "-r", "-z", "--full-tree", treeish, ...below]);
      const prefix = folder === undefined ? 0 : folder.length + 1;
      return listing
        .split("\0")
        .filter(Boolean)
        .map((line) => treeEntry(line, prefix));
    },

    read: (objects) => catFiles(git, objects),
  };
}

/** @param line `<mode> <type> <id>TAB<path>` */
function treeEntry(line: string, prefix: number): TreeEntry {
  const tab = line.indexOf("\t");
  const [mode, , id] = line.slice(0, tab).split(" ") as [string, string, string];
  return { path: line.slice(tab + 1 + prefix), mode, id };
}
