import type { KeptReport } from "../ports/kept-report.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { Proposed } from "../products/outcome.ts";
import { pushProposal } from "../versions/push-proposal.ts";
import { show } from "./ends/show.ts";
import type { Proposal } from "./proposal-of.ts";

/**
 * Pushes the versions to their branch and shows them. May be repeated.
 *
 * @param keptOf where the report of a model is kept.
 * @returns where people find each of them, by model.
 */
export async function publish(
  ports: Pick<Ports, "ancestry" | "branches" | "clock" | "forge" | "git">,
  repository: Repository,
  { commit, shown }: Proposal,
  keptOf: (model: string) => KeptReport,
): Promise<ReadonlyMap<string, Proposed>> {
  const head = await pushProposal(ports, repository, { ...commit, at: ports.clock.now() });
  const models = shown.models.map((one) => ({ ...one, kept: keptOf(one.model) }));
  return show(ports, repository, { ...shown, head, models });
}
