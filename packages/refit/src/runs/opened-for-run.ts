import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { laidOutOnDisk } from "../specs/read-layout.ts";
import { fetched } from "../versions/fetched.ts";

/** The repository with what the remote has; a dry run reads the work tree, and so its `refit.yaml`. */
export async function openedForRun(
  ports: Ports,
  dryRun: boolean,
  wants?: { readonly tags: boolean },
): Promise<Repository> {
  const repository = await fetched(ports, dryRun, wants);
  return dryRun ? laidOutOnDisk(ports, repository) : repository;
}
