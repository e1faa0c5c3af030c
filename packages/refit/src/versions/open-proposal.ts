import type { ProposalState } from "../ports/forge.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

/** The proposal of a branch while it waits for people; `null` where there is none, or they have declined it. */
export async function openProposal(
  { forge }: Pick<Ports, "forge">,
  repository: Repository,
  branch: string,
): Promise<ProposalState | null> {
  const proposal = await forge.proposal(repository, branch);
  return proposal?.declinedAt === null ? proposal : null;
}
