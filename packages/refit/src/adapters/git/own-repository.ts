import { mkdir } from "node:fs/promises";
import path from "node:path";
import { gitProcess, type GitProcess } from "./git-process.ts";
import type { GitStarter } from "./git-starter.ts";

/** Whoever commits there is nobody: the same commits come out on every machine. */
const nobody = {
  GIT_AUTHOR_NAME: "refit",
  GIT_AUTHOR_EMAIL: "refit@localhost",
  GIT_COMMITTER_NAME: "refit",
  GIT_COMMITTER_EMAIL: "refit@localhost",
};

/** What the user has set for all repositories would change commits, or ask for a signature. */
const unsettled = { GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" };

/** A branch that never exists, so that every other one may move. */
const nowhere = "refit-nothing-is-checked-out";

/** Between two nights that are lived through. */
const nextQuestionMs = 30_000;

/** Git in a repository of refit's own, which is made where the folder has none. */
export async function ownRepository(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  starter: GitStarter,
): Promise<GitProcess> {
  await mkdir(folder, { recursive: true });
  const git = gitProcess(folder, { ...env, ...nobody, ...unsettled }, {}, { starter, idleMs: nextQuestionMs });
  const { exitCode, stdout } = await git.attempt(["rev-parse", "--show-toplevel"]);
  if (exitCode !== 0 || path.resolve(stdout.toString().trim()) !== path.resolve(folder))
    await git.run(["init", "--quiet", `--initial-branch=${nowhere}`]);
  return git;
}
