import type { GitProcess } from "../../git/git-process.ts";
import { gitLog } from "../../git/git-log.ts";
import { championFolderOf } from "@refit/core/history";
import type { Git } from "../../../ports/git.ts";
import type { Repository } from "../../../ports/repository.ts";

/** Whether merging would change nothing: the usual end of a proposal, seen without asking for the way of merging. */
export async function isLive(git: Git, { baseCommit }: Repository, branch: string, head: string): Promise<boolean> {
  const folder = championFolderOf(branch);
  const proposed = await git.resolve(`${head}:${folder}`);
  return proposed !== null && proposed === (await git.resolve(`${baseCommit}:${folder}`));
}

/**
 * Whether a branch's version has come onto the base line since the branch left it, by whatever way of merging.
 * Content that was there earlier does not count: a rollback proposes just that.
 */
export async function isMerged(
  git: GitProcess,
  repository: Repository,
  branch: string,
  head: string,
): Promise<boolean> {
  const folder = championFolderOf(branch);
  const base = repository.baseCommit;
  const { exitCode, stdout } = await git.attempt(["merge-base", base, head]);
  const fork = stdout.toString().trim();
  if (exitCode !== 0 || fork === "") return false;
  if (fork === head) return true;

  const { stdout: tree } = await git.attempt(["rev-parse", "--verify", "--quiet", `${head}:${folder}`]);
  const proposed = tree.toString().trim() || null;
  const log = await gitLog(git, `${fork}..${base}`, [folder], []);
  return log.get(folder)!.some((state) => state.treeId === proposed);
}

/** Whether someone else than refit committed to the branch: refit's commits carry the trailer `Refit-Model`. */
export async function heldByPerson(git: GitProcess, repository: Repository, head: string): Promise<boolean> {
  const format = "--format=%(trailers:key=Refit-Model,valueonly,separator=%x2C)";
  const trailers = await git.run(["log", "-z", format, `${repository.baseCommit}..${head}`]);
  return trailers
    .split("\0")
    .slice(0, -1)
    .some((trailer) => trailer === "");
}
