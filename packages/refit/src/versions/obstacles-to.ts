import type { RefitError } from "@refit/core/errors";
import { proposalBranch } from "@refit/core/history";
import { ledgerBranch } from "../ledger/ledger.ts";
import type { Context } from "../products/context.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

/** What would keep proposals of these models from being committed, worth knowing before their training. */
export function obstaclesTo(
  { obstacles }: Pick<Ports, "obstacles">,
  repository: Repository,
  models: readonly string[],
): Promise<readonly RefitError[]> {
  return obstacles.toCommit(repository, [...models.map(proposalBranch), ledgerBranch]);
}

/** Ends a run before its training where git would refuse what comes of it. @throws RefitError the first obstacle */
export async function stopAtObstacles(
  ports: Pick<Ports, "obstacles">,
  { repository, request }: Pick<Context, "repository" | "request">,
): Promise<void> {
  const [obstacle] = await obstaclesTo(ports, repository, [request.model]);
  if (obstacle !== undefined) throw obstacle;
}
