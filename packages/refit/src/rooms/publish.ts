import type { Ports } from "../ports/index.ts";
import type { KeptReport } from "../ports/kept-report.ts";
import type { Repository } from "../ports/repository.ts";
import type { Proposed } from "../products/outcome.ts";
import { pushProposal } from "../versions/push-proposal.ts";
import { show } from "./ends/show.ts";
import type { Proposal } from "./proposal-of.ts";

/** Pushes the version to its branch and shows it. May be repeated. @returns where people find it. */
export async function publish(
  ports: Pick<Ports, "ancestry" | "branches" | "clock" | "forge" | "git">,
  repository: Repository,
  { commit, shown }: Proposal,
  kept: KeptReport,
): Promise<Proposed> {
  const head = await pushProposal(ports, repository, { ...commit, at: ports.clock.now() });
  return show(ports, repository, { ...shown, head, kept });
}
