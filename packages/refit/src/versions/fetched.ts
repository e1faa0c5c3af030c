import { leftLockWords } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

export type FetchPorts = Pick<Ports, "git" | "branches" | "obstacles" | "scratch" | "out">;

/**
 * The repository, with what the remote has by now, and without what killed processes left in this clone; as it is where
 * nothing may be written. A lock of git's that was left is told and not removed: a process may hold it.
 */
export async function fetched(ports: FetchPorts, dryRun: boolean): Promise<Repository> {
  const here = await ports.git.locate();
  if (dryRun) return here;
  await ports.scratch.removeLeftBehind(here.commonDir);
  await ports.branches.fetch(here);
  for (const lock of await ports.obstacles.leftLocks(here)) {
    const { what, fix } = leftLockWords(lock);
    ports.out.notice(`${what} ${fix}`);
  }
  return here.remote === null ? here : ports.git.locate();
}
