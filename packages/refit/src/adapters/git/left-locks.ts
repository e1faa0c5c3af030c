import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { LeftLock } from "@refit/core/errors";
import type { Repository } from "../../ports/repository.ts";
import { ageOf, lockWaits } from "./git-lock.ts";
import type { GitProcess } from "./git-process.ts";

/** Milliseconds. Git holds the lock of a branch for much less; what is older was left by a process that was killed. */
export const leftAge = 30_000;

/** Where refit's own writes lock something, below a git folder: the names of the files in each place. */
const places = (remote: string | null): readonly (readonly [folder: string, names: RegExp])[] => [
  ["", /^packed-refs\.(lock|new)$/],
  ["refs/heads", /^refit-.*\.lock$/],
  ["refs/tags", /@v\d.*\.lock$/],
  ...(remote === null ? [] : [[`refs/remotes/${remote}`, /\.lock$/] as const]),
];

/**
 * Lock files on what refit writes, in the clone and in a remote that is a folder: those that are old, and those that do
 * not go within the time that a lock is waited for.
 */
export async function leftLocks(git: GitProcess, repository: Repository): Promise<readonly LeftLock[]> {
  const { commonDir, remote } = repository;
  const shared = remote === null ? null : folderOf((await git.config()).all(`remote.${remote}.url`)[0], repository);
  const look = async () => [
    ...(await locksIn(commonDir, remote, false)),
    ...(shared === null ? [] : await locksIn(shared, null, true)),
  ];
  let found = await look();
  for (const wait of lockWaits) {
    if (found.every(({ age }) => age > leftAge)) break;
    await new Promise((resolve) => setTimeout(resolve, wait));
    const now = new Map((await look()).map((lock) => [lock.file, lock]));
    // One that is younger than before is another process's.
    found = found.flatMap((before) => {
      const lock = now.get(before.file);
      return lock === undefined || lock.age < before.age ? [] : [lock];
    });
  }
  return found;
}

async function locksIn(folder: string, remote: string | null, isRemote: boolean): Promise<LeftLock[]> {
  const found: LeftLock[] = [];
  for (const [below, names] of places(remote)) {
    const entries = await readdir(path.join(folder, below)).catch(() => []);
    for (const name of entries.filter((entry) => names.test(entry))) {
      const file = path.join(folder, below, name);
      const age = await ageOf(file);
      if (age !== null) found.push({ file, age, isRemote });
    }
  }
  return found;
}

/** The git folder of a remote on this machine, as `git init --bare` makes it; `null`: it is reached in another way. */
function folderOf(address: string | undefined, { root }: Repository): string | null {
  if (address === undefined) return null;
  if (!address.startsWith("file://")) return /^[^/]*:/.test(address) ? null : path.resolve(root, address);
  try {
    return fileURLToPath(address);
  } catch {
    return null; // of another machine
  }
}
