import type { GitProcess, GitResult } from "./git-process.ts";

/**
 * Runs one of git's network and worktree commands through simple-git, in the environment of `git`.
 *
 * Any exit code is an answer, as with `GitProcess.attempt`: by itself simple-git takes a failure without a message for
 * a success. Its guards against hostile arguments stand down, because none of ours come from outside.
 */
export async function porcelain(git: GitProcess, root: string, args: readonly string[]): Promise<GitResult> {
  const { simpleGit } = await import("simple-git");
  let result: GitResult | null = null;
  const runner = simpleGit({
    baseDir: root,
    config: ["core.hooksPath=/dev/null"],
    completion: { onClose: true, onExit: false },
    allowEnvironment: Object.keys(git.env),
    unsafe: {
      allowUnsafeAskPass: true,
      allowUnsafeConfigEnvCount: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeEditor: true,
      allowUnsafeGitProxy: true,
      allowUnsafeHooksPath: true,
      allowUnsafePager: true,
      allowUnsafeSshCommand: true,
      allowUnsafeTemplateDir: true,
    },
    errors(_error, { exitCode, stdOut, stdErr }) {
      result = { exitCode, stdout: Buffer.concat(stdOut), stderr: Buffer.concat(stdErr).toString() };
      return undefined;
    },
  });
  await runner.env({ ...git.env }).raw([...args]);
  return result!;
}
