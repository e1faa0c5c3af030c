import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

/**
 * The repository, with what the remote has by now, and without what killed processes left in this clone; as it is where
 * nothing may be written.
 */
export async function fetched(
  ports: Pick<Ports, "git" | "branches" | "scratch">,
  dryRun: boolean,
): Promise<Repository> {
  const here = await ports.git.locate();
  if (dryRun) return here;
  await ports.scratch.removeLeftBehind(here.commonDir);
  if (here.remote === null) return here;
  await ports.branches.fetch(here);
  return ports.git.locate();
}
