import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

/** The repository, with what the remote has by now; as this clone has it where nothing may be written. */
export async function fetched(ports: Pick<Ports, "git" | "branches">, dryRun: boolean): Promise<Repository> {
  const here = await ports.git.locate();
  if (dryRun || here.remote === null) return here;
  await ports.branches.fetch(here);
  return ports.git.locate();
}
