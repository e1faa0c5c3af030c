import type { Ancestry } from "../../ports/git.ts";
import { isMerged, madeByRefit } from "./branch-state.ts";
import type { GitProcess } from "./git-process.ts";

/** How commits descend from each other. */
export function ancestryAdapter(git: GitProcess): Ancestry {
  return {
    async mergeBase(a, b) {
      const { exitCode, stdout } = await git.attempt(["merge-base", a, b]);
      return exitCode === 0 ? stdout.toString("utf8").trim() : null;
    },
    async committedAt(commit) {
      return Number(await git.run(["log", "-1", "--format=%ct", commit])) * 1000;
    },
    async isReplaceable(repository, branch, head) {
      return (await madeByRefit(git, repository, head)) || (await isMerged(git, repository, branch, head));
    },
    async isMadeToReplace(commit, head) {
      const format = "--format=%(trailers:key=Refit-Replaces,valueonly,separator=%x2C)";
      return (await git.run(["log", "-1", format, commit])).trim() === (head ?? "nothing");
    },
  };
}
