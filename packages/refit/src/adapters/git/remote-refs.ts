import { RemoteUnreachableError } from "@refit/core/errors";
import type { RemoteRefs } from "../../ports/git.ts";
import type { GitProcess } from "./git-process.ts";
import { porcelain } from "./porcelain.ts";

/** Asks the remote itself: a fetch brings no tag of a name that this clone has already. */
export function remoteRefs(git: GitProcess): RemoteRefs {
  return {
    async tags({ root, remote }) {
      if (remote === null) return new Map();
      const { exitCode, stdout, stderr } = await porcelain(git, root, remote, ["ls-remote", "--tags", remote]);
      if (exitCode !== 0) throw new RemoteUnreachableError(remote, stderr);
      const commits = new Map<string, string>();
      for (const line of stdout.toString().split("\n")) {
        const [id, ref] = line.split("\t");
        // An annotated tag is followed by a line of what it points to.
        if (id && ref) commits.set(ref.replace(/^refs\/tags\//, "").replace(/\^\{\}$/, ""), id);
      }
      return commits;
    },
  };
}
