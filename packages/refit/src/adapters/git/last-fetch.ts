import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Repository } from "../../ports/repository.ts";

/** refit's own fetch leaves people's FETCH_HEAD alone, and one that brings nothing changes no ref. */
const lookFile = (commonDir: string) => path.join(commonDir, "refit", "cache", "remote-answered");

/** The remote has answered, and this clone has what it has. Where that cannot be kept, it counts as less up to date than it is. */
export async function noteAnswer(commonDir: string): Promise<void> {
  const file = lookFile(commonDir);
  await mkdir(path.dirname(file), { recursive: true })
    .then(() => writeFile(file, ""))
    .catch(() => {});
}

/**
 * When this clone last had what the remote has, by the files that git and refit write then, epoch milliseconds; `null`: nothing
 * tells.
 */
export async function lastFetch({ commonDir, remote }: Repository): Promise<number | null> {
  if (remote === null) return null;
  const worktrees = await readdir(path.join(commonDir, "worktrees")).catch(() => []);
  const places = [
    "FETCH_HEAD",
    ...worktrees.map((name) => `worktrees/${name}/FETCH_HEAD`),
    `refs/remotes/${remote}`,
    `logs/refs/remotes/${remote}`,
  ].map((place) => path.join(commonDir, place));
  const times = await Promise.all(
    [lookFile(commonDir), ...places].map(async (place) => {
      const looked = await stat(place).catch(() => null);
      return looked === null ? [] : [looked.mtimeMs];
    }),
  );
  const known = times.flat();
  return known.length === 0 ? null : Math.max(...known);
}
