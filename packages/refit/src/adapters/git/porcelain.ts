import type { GitProcess } from "./git-process.ts";
import type { GitResult } from "./git-starter.ts";

/** stderr patterns of transient network failures; these are retried. */
const transient =
  /\b(429|50[0234])\b|timed out|reset by peer|connection (refused|was)|early eof|unexpected disconnect|empty reply|hung up|too slow/i;
/** A ref that the remote refused, in the output of `push --porcelain`: an answer, even where the connection then ends badly. */
const refusedRef = /^!\t/m;
/** Waits between tries, seconds. */
const retryWaits = [0.5, 2];

/**
 * Runs a git command that talks to a remote through simple-git, in the environment of `git` with its credentials. It is
 * tried again when that fails in passing: a fetch may be repeated, and a push whose answer was lost then finds
 * everything up to date.
 *
 * Any exit code is an answer, as with `GitProcess.attempt`: by itself simple-git takes a failure without a message for
 * a success. Its guards against hostile arguments stand down, because our arguments never come from outside.
 */
export async function porcelain(
  git: GitProcess,
  root: string,
  remote: string,
  args: readonly string[],
): Promise<GitResult> {
  const env = await git.networkEnv(remote);
  for (let tries = 0; ; tries++) {
    const result = await once(env, root, args);
    const wait = retryWaits[tries];
    if (wait === undefined || !isTransient(result)) return result;
    await new Promise((resolve) => setTimeout(resolve, wait * git.secondMs));
  }
}

function isTransient({ exitCode, stdout, stderr }: GitResult): boolean {
  return exitCode !== 0 && transient.test(stderr) && !refusedRef.test(stdout.toString());
}

async function once(env: Readonly<Record<string, string>>, root: string, args: readonly string[]): Promise<GitResult> {
  const { simpleGit } = await import("simple-git");
  let result: GitResult | null = null;
  const runner = simpleGit({
    baseDir: root,
    config: ["core.hooksPath=/dev/null"],
    completion: { onClose: true, onExit: false },
    allowEnvironment: Object.keys(env),
    unsafe: {
      allowUnsafeAlias: true,
      allowUnsafeAskPass: true,
      allowUnsafeConfigEnvCount: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeCredentialHelper: true,
      allowUnsafeDiffExternal: true,
      allowUnsafeDiffTextConv: true,
      allowUnsafeEditor: true,
      allowUnsafeFilter: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeGitProxy: true,
      allowUnsafeGpgProgram: true,
      allowUnsafeHooksPath: true,
      allowUnsafeInclude: true,
      allowUnsafeMergeDriver: true,
      allowUnsafePack: true,
      allowUnsafePager: true,
      allowUnsafeProtocolOverride: true,
      allowUnsafeSshCommand: true,
      allowUnsafeTemplateDir: true,
      allowUnsafeUrlRewrite: true,
    },
    errors(_error, { exitCode, stdOut, stdErr }) {
      result = { exitCode, stdout: Buffer.concat(stdOut), stderr: Buffer.concat(stdErr).toString() };
      return undefined;
    },
  });
  await runner.env({ ...env }).raw([...args]);
  return result!;
}
