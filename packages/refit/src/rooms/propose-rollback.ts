import { championFolder, rollbackBranch, type ModelVersion } from "@refit/core/history";
import { rollbackReport } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { pushProposal } from "../versions/push-proposal.ts";
import { sharedHead } from "../versions/share-branch.ts";

type ProposeRollbackPorts = Pick<Ports, "ancestry" | "clock" | "git" | "branches" | "forge" | "publication">;

export interface Rollback {
  readonly model: string;
  /** `null`: none is live. */
  readonly from: ModelVersion | null;
  readonly to: ModelVersion;
  readonly reviewers: readonly string[];
}

/** Pushes an earlier version to a branch of its own and shows it. May be repeated. @throws BranchHeldError */
export async function proposeRollback(
  ports: ProposeRollbackPorts,
  repository: Repository,
  { model, from, to, reviewers }: Rollback,
): ReturnType<Ports["forge"]["ensureProposal"]> {
  const branch = rollbackBranch(model);
  const live = from === null ? "none" : `v${from.number}`;
  const title = `refit(${model}): roll back to v${to.number}`;
  const at = ports.clock.now();
  const head = await pushProposal(ports, repository, {
    branch,
    contents: new Map([[championFolder(model, repository), to.treeId]]),
    over: await sharedHead(ports, repository, branch),
    message: `${title}\n\nRefit-Model: ${model}\nRefit-Rollback: v${to.number}\n`,
    at,
  });
  return ports.forge.ensureProposal(repository, {
    kind: "rollback",
    models: [
      {
        model,
        report: rollbackReport({ model, from: live, to: `v${to.number}`, treeId: to.treeId }),
        kept: null,
        inputDigest: to.inputDigest ?? to.treeId,
        check: { conclusion: "success", summary: `v${to.number} was live before.` },
      },
    ],
    overview: null,
    branch,
    head,
    title,
    at,
    baseBranch: repository.baseBranch,
    draft: false,
    autoMerge: false,
    reviewers,
  });
}
