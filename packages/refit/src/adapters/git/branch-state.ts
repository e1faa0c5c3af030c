import { proposedPath } from "@refit/core/history";
import type { Git } from "../../ports/git.ts";
import type { Repository } from "../../ports/repository.ts";
import type { GitProcess } from "./git-process.ts";

/** Whether merging would change nothing: the usual end of a proposal, seen without asking for the way of merging. */
export async function isLive(git: Git, repository: Repository, branch: string, head: string): Promise<boolean> {
  const path = proposedPath(branch, repository);
  const proposed = await git.resolve(`${head}:${path}`);
  return proposed !== null && proposed === (await git.resolve(`${repository.baseCommit}:${path}`));
}

/**
 * Whether what a branch proposes has come onto the base line since the branch left it, by whatever way of merging.
 * Content that was there earlier does not count: a rollback proposes just that.
 */
export async function isMerged(
  git: GitProcess,
  repository: Repository,
  branch: string,
  head: string,
): Promise<boolean> {
  const path = proposedPath(branch, repository);
  const base = repository.baseCommit;
  const { exitCode, stdout } = await git.attempt(["merge-base", base, head]);
  const fork = stdout.toString().trim();
  if (exitCode !== 0 || fork === "") return false;
  if (fork === head) return true;

  const line = ["log", "--first-parent", "--diff-merges=first-parent", "--format=%H", `${fork}..${base}`, "--", path];
  const commits = (await git.run(line)).split("\n").filter(Boolean);
  const proposed = await idAt(head);
  for (const commit of commits) if ((await idAt(commit)) === proposed) return true;
  return false;

  async function idAt(commit: string): Promise<string | null> {
    const found = await git.attempt(["rev-parse", "--verify", "--quiet", `${commit}:${path}`]);
    return found.stdout.toString().trim() || null;
  }
}

/**
 * Whether refit made all that a head adds to the base branch: its commits carry the trailer `Refit-Model`, and were
 * committed when they were authored. Whoever amends, rebases or signs one makes another commit, with a date of its own.
 */
export async function madeByRefit(git: GitProcess, { baseCommit }: Repository, head: string): Promise<boolean> {
  if (head === baseCommit) return true; // merged by moving the branch on: it adds nothing
  const format = "--format=%at %ct %(trailers:key=Refit-Model,valueonly,separator=%x2C)";
  const lines = await git.run(["log", "-z", format, `${baseCommit}..${head}`]);
  return lines
    .split("\0")
    .slice(0, -1)
    .every((line) => {
      const [authored, committed, model] = line.split(" ");
      return authored === committed && model !== "";
    });
}

/**
 * A head of this clone's branch that was made to take the place of what the remote has, and was not pushed.
 *
 * @returns `null`: there is none, or the remote has moved on since.
 */
export async function unpublishedHead(
  { process: git, git: objects }: { readonly process: GitProcess; readonly git: Git },
  { remote }: Repository,
  branch: string,
): Promise<string | null> {
  // Most models have no branch, and to start a process takes longer than to ask one that runs.
  if ((await objects.resolve(`refs/heads/${branch}`)) === null) return null;
  const format = "--format=%(refname) %(objectname) %(trailers:key=Refit-Replaces,valueonly,separator=%x2C)";
  const refs = [`refs/heads/${branch}`, ...(remote === null ? [] : [`refs/remotes/${remote}/${branch}`])];
  const heads = new Map<string, readonly string[]>();
  for (const line of (await git.run(["for-each-ref", format, ...refs])).split("\n")) {
    const [ref = "", ...rest] = line.split(" ");
    heads.set(ref, rest);
  }
  const [local, over] = heads.get(refs[0]!) ?? [];
  const [shared] = (refs[1] === undefined ? undefined : heads.get(refs[1])) ?? [];
  if (local === undefined || local === shared) return null;
  return over === (shared ?? "nothing") ? local : null;
}
