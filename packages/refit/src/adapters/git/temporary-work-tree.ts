import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Repository } from "../../ports/repository.ts";
import { openScratch } from "../disk/scratch.ts";
import type { GitOptions } from "./git-process.ts";

/** Where git commands have an empty work tree and an index of their own. */
export type InWorkTree = Required<Pick<GitOptions, "cwd" | "env">>;

/**
 * Runs `work` over an empty work tree with an index of its own: nothing is checked out, no hook runs, and the user's
 * checkout and index are out of reach.
 *
 * git is told of it by its environment only. A linked worktree would be registered in the repository, in several steps:
 * git that is killed between them leaves a registration with which neither `git worktree list` nor `git fetch` works.
 */
export async function inTemporaryWorkTree<T>(
  { commonDir }: Repository,
  work: (place: InWorkTree) => Promise<T>,
): Promise<T> {
  const scratch = await openScratch(commonDir);
  try {
    const cwd = path.join(scratch.path, "tree");
    await mkdir(cwd);
    const env = { GIT_DIR: commonDir, GIT_WORK_TREE: cwd, GIT_INDEX_FILE: path.join(scratch.path, "index") };
    return await work({ cwd, env });
  } finally {
    await scratch.remove();
  }
}
