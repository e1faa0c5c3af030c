import { championFolder, groupOfBranch, isCanaryBranch, modelOf, pathsOfBranch } from "@refit/core/history";
import { modelOfOutput } from "@refit/core/spec";
import type { Git } from "../../ports/git.ts";
import type { Repository } from "../../ports/repository.ts";
import type { GitProcess } from "./git-process.ts";
import { addedBy, replacedBy, wasBrought } from "./proposed-commits.ts";

interface BranchParts {
  readonly process: GitProcess;
  readonly git: Git;
}

/** The models of which a head proposes something: of the branch of a group, those whose folders it changes, sorted. */
export async function proposedModels(
  git: GitProcess,
  repository: Repository,
  branch: string,
  head: string,
): Promise<readonly string[]> {
  if (groupOfBranch(branch) === null) return [modelOf(branch)];
  const fork = await forkOf(git, repository, head);
  if (fork === null) return [];
  const names = await git.run(["diff-tree", "-r", "-z", "--name-only", "--no-renames", fork, head]);
  const models = names.split("\0").flatMap((path) => modelOfOutput(path, repository) ?? []);
  return [...new Set(models)].sort();
}

/** What a head of a branch of ours changes. */
export async function proposedPaths(
  { process, git }: BranchParts,
  repository: Repository,
  branch: string,
  head: string,
): Promise<readonly string[]> {
  if (groupOfBranch(branch) === null) return [await proposedPath(git, repository, branch, head)];
  const models = await proposedModels(process, repository, branch, head);
  return models.map((model) => championFolder(model, repository));
}

/** Of a new version it is a canary where the head has one, else the champion. */
async function proposedPath(git: Git, repository: Repository, branch: string, head: string): Promise<string> {
  const [path, canary] = pathsOfBranch(branch, repository);
  return canary !== undefined && (await git.resolve(`${head}:${canary}`)) !== null ? canary : path;
}

/** `null`: it does not descend from the base branch. */
async function forkOf(git: GitProcess, { baseCommit }: Repository, head: string): Promise<string | null> {
  const { exitCode, stdout } = await git.attempt(["merge-base", baseCommit, head]);
  const fork = stdout.toString().trim();
  return exitCode !== 0 || fork === "" ? null : fork;
}

/** Whether merging would change nothing: the usual end of a proposal, seen without asking for the way of merging. */
export async function isLive(
  { process, git }: BranchParts,
  repository: Repository,
  branch: string,
  head: string,
): Promise<boolean> {
  const paths = await proposedPaths({ process, git }, repository, branch, head);
  return isSameAt(git, { branch, paths }, head, repository.baseCommit);
}

/** Whether two commits have the same at all of the paths. Only a move of a canary may leave nothing there. */
export async function isSameAt(
  git: Git,
  { branch, paths }: { readonly branch: string; readonly paths: readonly string[] },
  a: string,
  b: string,
): Promise<boolean> {
  for (const path of paths) {
    const id = await git.resolve(`${a}:${path}`);
    if (id === null && !isCanaryBranch(branch)) return false;
    if (id !== (await git.resolve(`${b}:${path}`))) return false;
  }
  return true;
}

/**
 * Whether what a branch proposes has come onto the base line since the branch left it, by whatever way of merging, all of it at
 * once. Content that was there earlier does not count: a rollback proposes just that.
 */
export async function isMerged(
  { process, git }: BranchParts,
  repository: Repository,
  branch: string,
  head: string,
): Promise<boolean> {
  const { commits, forks } = await addedBy(process, repository, head);
  if (commits.length === 0) return true;
  const fork = forks.length < 2 ? forks[0] : await forkOf(process, repository, head);
  if (fork === undefined || fork === null) return false;
  if (groupOfBranch(branch) !== null) {
    const paths = await proposedPaths({ process, git }, repository, branch, head);
    return wereBrought(process, repository, { fork, paths, head });
  }
  const path = await proposedPath(git, repository, branch, head);
  return wasBrought(process, repository, { fork, path, content: await git.resolve(`${head}:${path}`) });
}

/** Whether one commit of the base line since a fork has at all of the paths what a head has there. */
async function wereBrought(
  git: GitProcess,
  { baseCommit }: Repository,
  { fork, paths, head }: { readonly fork: string; readonly paths: readonly string[]; readonly head: string },
): Promise<boolean> {
  const since = `${fork}..${baseCommit}`;
  const line = ["log", "--first-parent", "--diff-merges=first-parent", "--format=%H", since, "--", ...paths];
  const commits = (await git.run(line)).split("\n").filter(Boolean);
  const proposed = await idsAt(head);
  for (const commit of commits) if ((await idsAt(commit)) === proposed) return true;
  return false;

  async function idsAt(commit: string): Promise<string> {
    const found = paths.map(async (path) => {
      const { stdout } = await git.attempt(["rev-parse", "--verify", "--quiet", `${commit}:${path}`]);
      return stdout.toString().trim();
    });
    return (await Promise.all(found)).join(" ");
  }
}

/**
 * Whether refit made all that a head adds to the base branch: its commits carry the trailer `Refit-Model`, and were
 * committed when they were authored. Whoever amends, rebases or signs one makes another commit, with a date of its own.
 */
export async function madeByRefit(process: GitProcess, repository: Repository, head: string): Promise<boolean> {
  if (head === repository.baseCommit) return true; // merged by moving the branch on: it adds nothing
  return (await addedBy(process, repository, head)).commits.every(({ isByRefit }) => isByRefit);
}

/**
 * A head of this clone's branch that was made to take the place of what the remote has, and was not pushed.
 *
 * @returns `null`: there is none, or the remote has moved on since.
 */
export async function unpublishedHead(
  { process, git }: BranchParts,
  repository: Repository,
  branch: string,
): Promise<string | null> {
  const { remote } = repository;
  const local = await git.resolve(`refs/heads/${branch}`);
  if (local === null) return null;
  const shared = remote === null ? null : await git.resolve(`refs/remotes/${remote}/${branch}`);
  if (local === shared) return null;
  return (await replacedBy(process, repository, local)) === (shared ?? "nothing") ? local : null;
}
