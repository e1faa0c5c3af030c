import { RemoteUnreachableError } from "@refit/core/errors";
import type { RemoteRefs } from "../../ports/git.ts";
import type { Repository } from "../../ports/repository.ts";
import { despiteLocks } from "./git-lock.ts";
import type { GitProcess } from "./git-process.ts";
import { noteAnswer } from "./last-fetch.ts";
import { porcelain } from "./porcelain.ts";
import { headsThere } from "./shared-heads.ts";

/** Asks the remote itself: a fetch brings no tag of a name that this clone has already. */
export function remoteRefs(git: GitProcess): RemoteRefs {
  return {
    async areHeadsHere({ commonDir, remote, baseBranch, sharedHeads }) {
      if (remote === null || sharedHeads === undefined) return false;
      const isHere = JSON.stringify(await headsThere(git, { remote, baseBranch })) === JSON.stringify(sharedHeads);
      if (isHere) await noteAnswer(commonDir);
      return isHere;
    },
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
    bringBase: (repository) => bringBase(git, repository),
  };
}

async function bringBase(git: GitProcess, { root, remote, baseBranch }: Repository): Promise<void> {
  if (remote === null) return;
  const ref = `refs/heads/${baseBranch}`;
  const here = `refs/remotes/${remote}/${baseBranch}`;
  const asked = async (args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await despiteLocks(() => porcelain(git, root, remote, args));
    return { said: stdout.toString(), stderr, isDone: exitCode === 0 };
  };
  const idHere = () => git.run(["for-each-ref", "--format=%(objectname)", here]);

  const listed = await asked(["ls-remote", remote, ref]);
  if (!listed.isDone) throw new RemoteUnreachableError(remote, listed.stderr);
  const there = listed.said.split("\t")[0]!;
  const known = await idHere();
  if (there === known) return;
  if (there === "") throw new RemoteUnreachableError(remote, `it has no branch ${baseBranch} any more`);
  const quietly = ["--quiet", "--no-tags", "--no-prune", "--no-write-fetch-head", "--no-recurse-submodules"];
  const fetched = await asked(["fetch", ...quietly, "--refmap=", remote, `+${ref}:${here}`]);
  // Another process may have moved the ref meanwhile; then this one may not.
  if (!fetched.isDone && (await idHere()) === known) throw new RemoteUnreachableError(remote, fetched.stderr);
}
