import type { Ancestry, Git } from "../../ports/git.ts";
import { isMerged, madeByRefit } from "./branch-state.ts";
import type { GitProcess } from "./git-process.ts";

/** How commits descend from each other. */
export function ancestryAdapter(git: GitProcess, objects: Git): Ancestry {
  const bases = new Map<string, string>();
  return {
    async mergeBase(a, b) {
      const pair = `${a} ${b}`;
      const known = bases.get(pair);
      if (known !== undefined) return known;
      const { exitCode, stdout } = await git.attempt(["merge-base", a, b]);
      const found = exitCode === 0 ? stdout.toString("utf8").trim() : null;
      // The ledgers of all models are one branch. Of names that move nothing is remembered.
      if (found !== null && isId(a) && isId(b)) bases.set(pair, found);
      return found;
    },
    async trailers(commit) {
      const text = await git.run(["log", "-1", "--format=%(trailers:only=true,unfold=true)", commit]);
      return text.split("\n").flatMap((line) => {
        const [, name, value] = /^([A-Za-z0-9-]+): (.*)$/.exec(line) ?? [];
        return name === undefined || value === undefined ? [] : [{ name, value }];
      });
    },
    async committedAt(commit) {
      return Number(await git.run(["log", "-1", "--format=%ct", commit])) * 1000;
    },
    async isReplaceable(repository, branch, head) {
      return (
        (await madeByRefit(git, repository, head)) ||
        (await isMerged({ process: git, git: objects }, repository, branch, head))
      );
    },
    async isMadeToReplace(commit, head) {
      const format = "--format=%(trailers:key=Refit-Replaces,valueonly,separator=%x2C)";
      return (await git.run(["log", "-1", format, commit])).trim() === (head ?? "nothing");
    },
  };
}

const isId = (name: string) => /^[0-9a-f]{40,64}$/.test(name);
