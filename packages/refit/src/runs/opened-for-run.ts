import type { Files } from "../ports/files.ts";
import type { Repository } from "../ports/repository.ts";
import { laidOutOnDisk } from "../specs/read-layout.ts";
import { fetched, type FetchPorts } from "../versions/fetched.ts";

/** The repository with what the remote has; a dry run reads the work tree, and so its `refit.yaml`. */
export async function openedForRun(
  ports: FetchPorts & { readonly files: Files },
  dryRun: boolean,
  wants?: { readonly tags: boolean },
): Promise<Repository> {
  const repository = await fetched(ports, dryRun, wants);
  return dryRun ? laidOutOnDisk(ports, repository) : repository;
}
