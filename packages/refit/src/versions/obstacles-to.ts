import type { RefitError } from "@refit/core/errors";
import { ledgerBranch } from "@refit/core/history";
import type { Context } from "../products/context.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

/** What would keep proposals on these branches from being committed, worth knowing before their training. */
export function obstaclesTo(
  { obstacles }: Pick<Ports, "obstacles">,
  repository: Repository,
  branches: readonly string[],
): Promise<readonly RefitError[]> {
  return obstacles.toCommit(repository, [...branches, ledgerBranch]);
}

/** Ends a run before its training where git would refuse what comes of it. @throws RefitError the first obstacle */
export async function stopAtObstacles(
  ports: Pick<Ports, "obstacles">,
  { repository, branch }: Pick<Context, "repository" | "branch">,
): Promise<void> {
  const [obstacle] = await obstaclesTo(ports, repository, [branch]);
  if (obstacle !== undefined) throw obstacle;
}
