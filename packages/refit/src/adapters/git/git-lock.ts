import { lstat } from "node:fs/promises";
import path from "node:path";
import { GitLockedError } from "@refit/core/errors";
import { systemClock } from "../clock.ts";
import type { GitProcess } from "./git-process.ts";
import type { GitResult } from "./git-starter.ts";

/** Waits between tries, milliseconds: another git process holds a lock for a moment. */
export const lockWaits = [100, 300, 600, 1000];

/**
 * How git names the lock file that is in its way, or in the way of the git that it pushes to. What it was writing when it
 * held the lock of all packed refs is as much in the way.
 */
const inTheWay =
  /^(remote: )?.*[Uu]nable to create (?:'(?<lock>[^']+\.lock)'|file (?<unfinished>.+\/packed-refs\.new)): File exists/m;

/**
 * Repeats a command while a lock file stands in its way.
 *
 * @throws GitLockedError when it stays: what was killed while it held a lock leaves the file for ever.
 */
export async function despiteLocks(attempt: () => Promise<GitResult>): Promise<GitResult> {
  for (let tries = 0; ; tries++) {
    const result = await attempt();
    const found = result.exitCode === 0 ? null : inTheWay.exec(result.stderr);
    if (found === null) return result;
    const wait = lockWaits[tries];
    if (wait === undefined) {
      // The remote's git says `remote.git/./refs/…`.
      const file = path.normalize((found.groups!["lock"] ?? found.groups!["unfinished"])!);
      throw new GitLockedError(file, await ageOf(file), { isRemote: found[1] !== undefined });
    }
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
