import { gitStarter } from "../../../packages/refit/src/adapters/git/git-starter.ts";

/** A worker of the tests holds hundreds of megabytes, and starts git thousands of times: from a small process, then. */
export const starter = gitStarter();

/** @returns stdout without the last line feed. @throws with git's stderr in the message. */
export async function startGit(
  args: readonly string[],
  place: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<string> {
  const { exitCode, stdout, stderr } = await starter.run({ ...place, args, input: null });
  if (exitCode === 0) return stdout.toString().replace(/\n$/, "");
  throw Object.assign(new Error(`Command failed: git ${args.join(" ")}\n${stderr}`), { code: exitCode, stderr });
}
