import { lstat } from "node:fs/promises";
import { GitLockedError } from "@refit/core/errors";
import { systemClock } from "../clock.ts";
import type { GitProcess } from "./git-process.ts";
import type { GitResult } from "./git-starter.ts";

/** Waits between tries, milliseconds: another git process holds a lock for a moment. */
const waits = [100, 300, 600, 1000];

/** How git names the lock file that is in its way, or in the way of the git that it pushes to. */
const inTheWay = /^(remote: )?.*Unable to create '([^']+\.lock)': File exists/m;

/**
 * Repeats a command while a lock file stands in its way.
 *
 * @throws GitLockedError when it stays: what was killed while it held a lock leaves the file for ever.
 */
export async function despiteLocks(attempt: () => Promise<GitResult>): Promise<GitResult> {
  for (let tries = 0; ; tries++) {
    const result = await attempt();
    const [found, ofRemote, file] = (result.exitCode !== 0 && inTheWay.exec(result.stderr)) || [];
    if (found === undefined) return result;
    const wait = waits[tries];
    if (wait === undefined) throw new GitLockedError(file!, await ageOf(file!), { isRemote: ofRemote !== undefined });
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** @param commands each ended with NUL, as `update-ref --stdin -z` reads them. */
export function writeRefs(git: GitProcess, commands: readonly string[]): Promise<GitResult> {
  return despiteLocks(() => git.attempt(["update-ref", "--stdin", "-z"], { input: commands.join("") }));
}

/** Milliseconds since a file was made; `null`: there is none. */
export async function ageOf(file: string): Promise<number | null> {
  const stats = await lstat(file).catch(() => null);
  return stats && Math.max(0, systemClock.now() - stats.mtimeMs);
}
