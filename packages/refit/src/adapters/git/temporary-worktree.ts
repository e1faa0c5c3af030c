import { mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { GitFailedError } from "@refit/core/errors";
import { isLeftBehind, temporaryName } from "../disk/left-behind.ts";
import type { Repository } from "../../ports/repository.ts";
import type { GitProcess } from "./git-process.ts";
import { porcelain } from "./porcelain.ts";

/**
 * Runs `work` in an empty linked worktree: nothing is checked out, no hook runs, and the user's checkout and index
 * are out of reach. What a killed process left behind is removed first.
 */
export async function inTemporaryWorktree<T>(
  git: GitProcess,
  repository: Repository,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const parent = path.join(repository.commonDir, "refit", "worktrees");
  await mkdir(parent, { recursive: true });
  await removeStale(git, repository, parent);

  const folder = path.join(parent, temporaryName());
  const args = ["worktree", "add", "--detach", "--no-checkout", folder, repository.baseCommit];
  const { exitCode, stderr } = await porcelain(git, repository.root, args);
  if (exitCode !== 0) throw new GitFailedError(args.join(" "), exitCode, stderr);
  try {
    return await work(folder);
  } finally {
    await remove(git, repository, [folder]);
  }
}

async function removeStale(git: GitProcess, repository: Repository, parent: string): Promise<void> {
  const names = await readdir(parent);
  const now = (await stat(parent)).mtimeMs;
  const ages = await Promise.all(names.map((name) => stat(path.join(parent, name)).catch(() => null)));
  const stale = names.filter((name, i) => isLeftBehind(name, now - (ages[i]?.mtimeMs ?? now)));
  await remove(
    git,
    repository,
    stale.map((name) => path.join(parent, name)),
  );
}

async function remove(git: GitProcess, repository: Repository, folders: readonly string[]): Promise<void> {
  if (folders.length === 0) return;
  for (const folder of folders) {
    // One that was killed while git made it is still locked, and prune would leave its registration alone.
    await git.attempt(["worktree", "unlock", folder]);
    await rm(folder, { recursive: true, force: true });
  }
  await porcelain(git, repository.root, ["worktree", "prune"]);
}
