import { leftLockWords } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

export type FetchPorts = Pick<Ports, "git" | "branches" | "obstacles" | "remoteRefs" | "scratch" | "out">;

/**
 * The repository, with what the remote has by now, and without what killed processes left in this clone; as it is where
 * nothing may be written. A lock of git's that was left is told and not removed: a process may hold it.
 *
 * @param wants.tags whether new tags matter, too; else the remote is asked for its heads first, and fetched from where they differ.
 */
export async function fetched(ports: FetchPorts, dryRun: boolean, wants = { tags: true }): Promise<Repository> {
  const here = await ports.git.locate();
  if (dryRun) return here;
  await ports.scratch.removeLeftBehind(here.commonDir);
  const isHere = !wants.tags && (await ports.remoteRefs.areHeadsHere(here));
  if (!isHere) await ports.branches.fetch(here);
  for (const lock of await ports.obstacles.leftLocks(here)) {
    const { what, fix } = leftLockWords(lock);
    ports.out.notice(`${what} ${fix}`);
  }
  return here.remote === null || isHere ? here : ports.git.locate();
}
