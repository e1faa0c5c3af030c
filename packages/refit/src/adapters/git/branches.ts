import { BranchInTheWayError, GitFailedError, RemoteUnreachableError } from "@refit/core/errors";
import type { Branches } from "../../ports/git.ts";
import type { Repository } from "../../ports/repository.ts";
import { commit, updateRefs } from "./commit.ts";
import { gitDate } from "./git-date.ts";
import { despiteLocks } from "./git-lock.ts";
import type { GitProcess } from "./git-process.ts";
import { noteAnswer } from "./last-fetch.ts";
import { porcelain } from "./porcelain.ts";
import { push } from "./push.ts";

/** Writes to git without touching the user's checkout, index, current branch or hooks. */
export function branchesAdapter(git: GitProcess): Branches {
  return {
    fetch: (repository) => fetch(git, repository),
    commit: (repository, request) => commit(git, repository, request),
    push: (repository, updates) => push(git, repository, updates),
    updateRefs: (_repository, updates) => updateRefs(git, updates),

    async tag(_repository, { name, commit: target, message, at }) {
      const date = gitDate(at);
      const args = ["-c", "tag.gpgSign=false", "tag", "--annotate", "--cleanup=verbatim", "--file=-", name, target];
      const { exitCode, stderr } = await despiteLocks(() =>
        git.attempt(args, { input: message, env: { GIT_COMMITTER_DATE: date } }),
      );
      if (exitCode === 0) return "created";
      const inTheWay = belowOrAbove.exec(stderr)?.[1];
      if (inTheWay !== undefined) throw new BranchInTheWayError(name, inTheWay);
      if (!stderr.includes("already exists")) throw new GitFailedError(args.join(" "), exitCode, stderr);
      // A tag may be on a file or a folder, and so on no commit.
      const present = await git.attempt(["rev-parse", "--quiet", "--verify", `refs/tags/${name}^{commit}`]);
      return present.exitCode === 0 && present.stdout.toString().trim() === target ? "exists" : "exists-elsewhere";
    },
  };
}

/** A ref whose name begins with that of the new one and a slash, or the other way round. */
const belowOrAbove = /cannot lock ref '[^']+': '(refs\/tags\/[^']+)' exists; cannot create/;

const mostFetches = 4;

/** Another process has moved the ref that git was about to move. */
const movedMeanwhile = /cannot lock ref '[^']+': (?:is at|reference already exists|unable to resolve)/;

/**
 * Fetches by full ref names: a clone may be configured for one branch only. Tags that point into this history come
 * along, and never replace one that is here.
 */
async function fetch(git: GitProcess, { root, commonDir, remote, baseBranch }: Repository): Promise<void> {
  if (remote === null) return;
  const under = `refs/remotes/${remote}`;
  const ours = `+refs/heads/refit-*:${under}/refit-*`;
  const base = `+refs/heads/${baseBranch}:${under}/${baseBranch}`;
  const flags = ["--quiet", "--prune", "--no-write-fetch-head", "--no-recurse-submodules"];

  // Two runs in one clone fetch the same refs: what one of them wrote in between, the next look finds as it is.
  const get = async (...refspecs: string[]) => {
    for (let tries = 1; ; tries++) {
      const result = await despiteLocks(() => porcelain(git, root, remote, ["fetch", ...flags, remote, ...refspecs]));
      if (result.exitCode === 0 || tries === mostFetches || !movedMeanwhile.test(result.stderr)) return result;
    }
  };
  const both = await get(ours, base);
  if (both.exitCode === 0) return noteAnswer(commonDir);
  // A base branch that was never pushed must not keep the ledger from being fetched.
  const { exitCode, stderr } = both.stderr.includes("find remote ref") ? await get(ours) : both;
  if (exitCode !== 0) throw new RemoteUnreachableError(remote, stderr);
  await noteAnswer(commonDir);
}
