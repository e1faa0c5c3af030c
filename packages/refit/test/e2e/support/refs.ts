import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { startGit, type TemporaryRepository } from "@refit/testkit";

/** Every ref of a repository and of its remote with what it points to, as lines to compare. */
export async function allRefs({ root, remote, env }: TemporaryRepository): Promise<string[]> {
  const lines: string[] = [];
  for (const [name, folder] of Object.entries({ here: root, remote })) {
    if (folder === null) continue;
    const refs = await startGit(["for-each-ref", "--format=%(refname) %(objectname)"], { cwd: folder, env });
    for (const line of refs.split("\n").filter(Boolean)) lines.push(`${name} ${line}`);
  }
  return lines;
}

/** What people see outside of git's refs: proposals, rollbacks and alerts of the local forge. */
export async function forgePages({ root }: TemporaryRepository): Promise<Record<string, string>> {
  const pages: Record<string, string> = {};
  for (const folder of ["proposals", "groups", "rollbacks", "alerts"]) {
    const parent = path.join(root, ".git", "refit", folder);
    const names = await readdir(parent).catch(() => []);
    for (const name of names.sort((a, b) => (a < b ? -1 : 1)))
      pages[`${folder}/${name}`] = await readFile(path.join(parent, name), "utf8");
  }
  return pages;
}

/** All that a later run or a person can tell apart: refs, pages, and the person's work tree. */
export async function stateOf(repository: TemporaryRepository) {
  return {
    refs: await allRefs(repository),
    pages: await forgePages(repository),
    workTree: await repository.git("status", "--porcelain=v2", "--branch", "--untracked-files=all"),
    worktrees: await repository.git("worktree", "list"),
  };
}
