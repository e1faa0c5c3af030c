import type { Changes, TreeChange } from "../../ports/changes.ts";
import type { GitProcess } from "./git-process.ts";

/** Asks git once, whatever the number of files. */
export function treeChanges(git: GitProcess): Changes {
  return {
    async between(from, to) {
      const raw = await git.run(["diff-tree", "-r", "-z", "--raw", "--no-renames", "--full-index", from, to]);
      const words = raw.split("\0");
      const changes: TreeChange[] = [];
      // `:<mode> <mode> <id> <id> <letter>NUL<path>NUL`
      for (let i = 0; i + 1 < words.length; i += 2) {
        const [, , before, after] = words[i]!.split(" ") as [string, string, string, string];
        if (before !== after) changes.push({ path: words[i + 1]!, before: idOf(before), after: idOf(after) });
      }
      return changes;
    },
  };
}

/** A file that is not there has an id of zeros. */
const idOf = (id: string) => (/^0+$/.test(id) ? null : id);
