import { lstatSync, realpathSync } from "node:fs";
import path from "node:path";
import type { GitProcess } from "./git-process.ts";

/** Where a repository is, as `git rev-parse` tells it. */
export interface GitPlace {
  readonly root: string;
  readonly commonDir: string;
  readonly shallow: boolean;
}

/**
 * Where an ordinary clone is, whose root is the very folder that git runs in: what a workflow has. It saves a process.
 *
 * @returns `null`: git has to be asked, as in a linked work tree, below the root, or where git might refuse.
 */
export async function plainPlace(git: GitProcess): Promise<GitPlace | null> {
  if (process.platform === "win32") return null; // git has another way to write paths there
  const folder = path.join(git.cwd, ".git");
  const isOrdinary =
    isOwn(git.cwd) &&
    isOwn(folder) &&
    ["objects", "refs"].every((name) => lookAt(path.join(folder, name))?.isDirectory() === true) &&
    lookAt(path.join(folder, "HEAD"))?.isFile() === true &&
    ["commondir", "shallow", "config.worktree"].every((name) => lookAt(path.join(folder, name)) === undefined);
  if (!isOrdinary) return null;
  const config = await git.config();
  const isBent = config.keys.some((key) => key === "core.worktree" || key.startsWith("extensions."));
  if (isBent || config.all("core.bare").at(-1) !== "false") return null;
  const root = realpathSync(git.cwd);
  return { root, commonDir: path.join(root, ".git"), shallow: false };
}

/** A folder of the user whom refit runs as; git does not work in one of another. */
function isOwn(folder: string): boolean {
  const stats = lookAt(folder);
  return stats?.isDirectory() === true && stats.uid === process.geteuid?.();
}

function lookAt(place: string) {
  return lstatSync(place, { throwIfNoEntry: false });
}
