import type { GitProcess, GitResult } from "./git-process.ts";

/**
 * Runs one of git's network and worktree commands through simple-git, in the environment of `git`.
 *
 * @param network whether it talks to a remote, and so may see credentials.
 *
 * Any exit code is an answer, as with `GitProcess.attempt`: by itself simple-git takes a failure without a message for
 * a success. Its guards against hostile arguments stand down, because none of ours come from outside.
 */
export async function porcelain(
  git: GitProcess,
  root: string,
  args: readonly string[],
  { network = false } = {},
): Promise<GitResult> {
  const { simpleGit } = await import("simple-git");
  const env = network ? git.networkEnv : git.env;
  let result: GitResult | null = null;
  const runner = simpleGit({
    baseDir: root,
    config: ["core.hooksPath=/dev/null"],
    completion: { onClose: true, onExit: false },
    allowEnvironment: Object.keys(env),
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
  await runner.env({ ...env }).raw([...args]);
  return result!;
}
