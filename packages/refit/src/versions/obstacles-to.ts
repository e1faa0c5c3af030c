import type { RefitError } from "@refit/core/errors";
import { proposalBranch } from "@refit/core/history";
import { ledgerBranch } from "../ledger/ledger.ts";
import type { Context } from "../products/context.ts";
import type { Ports } from "../ports/index.ts";

/** What would keep a proposal of this model from being committed, worth knowing before its training. */
export function obstaclesTo(
  { obstacles }: Pick<Ports, "obstacles">,
  { repository, request }: Pick<Context, "repository" | "request">,
): Promise<readonly RefitError[]> {
  return obstacles.toCommit(repository, [proposalBranch(request.model), ledgerBranch]);
}

/** Ends a run before its training where git would refuse what comes of it. @throws RefitError the first obstacle */
export async function stopAtObstacles(...asked: Parameters<typeof obstaclesTo>): Promise<void> {
  const [obstacle] = await obstaclesTo(...asked);
  if (obstacle !== undefined) throw obstacle;
}
