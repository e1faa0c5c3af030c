import type { FailedModel } from "@refit/core/errors";
import { keepListings } from "../data/kept-listings.ts";
import { withKeptTables } from "../data/kept-tables.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { fetched } from "../versions/fetched.ts";
import { readAhead } from "../versions/read-ahead.ts";
import { isName, listModels } from "../versions/models.ts";
import type { LookPorts } from "./due.ts";
import { orFailed } from "./or-failed.ts";

export type FetchedPorts = LookPorts & Pick<Ports, "branches" | "obstacles" | "remoteRefs">;

/** Looks at the repository as the remote has it, with a folder for temporary files that is gone when all is done. */
export async function withFetched<T>(
  ports: FetchedPorts,
  work: (repository: Repository, scratch: string) => Promise<T>,
): Promise<T> {
  const repository = await fetched(ports, false, { tags: false });
  for (const notice of repository.notices) ports.out.notice(notice);
  const scratch = await ports.scratch.open(repository.commonDir);
  try {
    return await work(repository, scratch.path);
  } finally {
    await scratch.remove();
  }
}

/**
 * Does something with the named models, one after the other; none named: all. One of several that fails does not stop those after it.
 *
 * @throws what a single model throws.
 */
export async function eachModel<P extends LookPorts, T>(
  ports: P,
  repository: Repository,
  names: readonly string[],
  turn: { readonly one: (kept: P, model: string) => Promise<T>; failed(model: string, error: FailedModel): T },
): Promise<readonly T[]> {
  const all = names.length > 0 ? names : await listModels(ports, repository);
  await readAhead(ports, repository, all.filter(isName));
  const results: T[] = [];
  const sharing = { ...ports, sources: keepListings(ports).sources };
  for (const model of all) {
    const one = () => withKeptTables(sharing, repository.commonDir, (kept) => turn.one(kept, model));
    results.push(all.length === 1 ? await one() : await orFailed(one, (error) => turn.failed(model, error)));
  }
  return results;
}
