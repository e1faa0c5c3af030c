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
