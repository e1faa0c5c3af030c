import { championFolder, rollbackBranch, type ModelVersion } from "@refit/core/history";
import { judgedTogether, turned, type JudgedOnce, type MeasuredTogether } from "@refit/core/judge";
import { rollbackReport, type RollbackFacts } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { pushProposal } from "../versions/push-proposal.ts";
import { sharedHead } from "../versions/share-branch.ts";
import { storedJudgements } from "../versions/stored-judgement.ts";
import { storedMetrics } from "../versions/stored-metrics.ts";

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
        report: rollbackReport(await rollbackFacts(ports, { model, from, to })),
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

/** What the files of both versions say of themselves, and of each other. */
async function rollbackFacts(
  { git }: Pick<Ports, "git">,
  { model, from, to }: Pick<Rollback, "model" | "from" | "to">,
): Promise<RollbackFacts> {
  const versions = from === null ? [to] : [to, from];
  const judgements = await storedJudgements(
    { git },
    versions.map(({ treeId }) => treeId),
  );
  const metrics = await git.read(versions.map(({ treeId }) => `${treeId}:metrics.json`));
  const [back, live] = versions.map(({ number, treeId }, i) => ({
    label: `v${number}`,
    metrics: storedMetrics(metrics[i] ?? null),
    on: judgements.get(treeId)?.on ?? null,
  }));
  const [ofBack, ofLive] = versions.map(({ treeId }) => judgements.get(treeId));
  return { model, from: live ?? null, to: back!, treeId: to.treeId, together: measuredTogether(ofBack, ofLive) };
}

/** What is live as `a`, and what comes back as `b`. */
function measuredTogether(back: JudgedOnce | undefined, live: JudgedOnce | undefined): MeasuredTogether | null {
  if (back === undefined || live === undefined) return null;
  const together = judgedTogether(back, live);
  return together === null ? judgedTogether(live, back) : turned(together);
}
