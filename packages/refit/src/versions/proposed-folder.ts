import { canaryFolder, championFolder } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

/**
 * Where a head of the branch of proposals has the version that it proposes: a version that starts as a canary is in a folder of its own, and
 * one that becomes the champion at once leaves none.
 */
export async function proposedFolder(
  { git }: Pick<Ports, "git">,
  repository: Repository,
  model: string,
  head: string,
): Promise<string> {
  const canary = canaryFolder(model, repository);
  return (await git.resolve(`${head}:${canary}`)) === null ? championFolder(model, repository) : canary;
}
