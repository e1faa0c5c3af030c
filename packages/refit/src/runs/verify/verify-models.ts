import { checkModelName } from "@refit/core/history";
import { cell } from "@refit/core/report";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { openBranchOf } from "../proposal-groups.ts";
import { isName, listModels } from "../../versions/models.ts";
import { conclusionOf } from "./check-of-all.ts";
import type { Verification, VerifyPorts } from "./verification.ts";
import { championsAtHead, type HeadChampions } from "./layout-change.ts";
import { failed, verifyModel } from "./verify-model.ts";
import { withApprovals } from "./with-approvals.ts";

/** Verifies the named models at HEAD, or all, and shows a check for each on the pull request that started the run. */
export async function verifyModels(
  ports: VerifyPorts,
  repository: Repository,
  names: readonly string[],
): Promise<readonly Verification[]> {
  names.forEach(checkModelName);
  const { laidOut, stray } = names.length > 0 ? { laidOut: names, stray: [] } : await modelsAtStake(ports, repository);
  const trusted = ports.forge.pullRequest?.fromFork !== true;
  const verifications: Verification[] = [];
  async function answer(verification: Verification): Promise<void> {
    verifications.push(verification);
    await showCheck(ports, repository, verification);
    if (trusted) await markOutdated(ports, repository, verification);
  }
  for (const model of laidOut)
    await answer(
      await withApprovals(ports, repository, await verifyModel(ports, repository, model, { head: "HEAD", trusted })),
    );
  for (const model of stray) await answer(notLaidOut(repository, model));
  return verifications;
}

/** Those of the base branch, and those of which only the commit has a champion: they too would be live after the merge. */
async function modelsAtStake(
  ports: Pick<Ports, "ancestry" | "files" | "git" | "out">,
  repository: Repository,
): Promise<HeadChampions> {
  const known = await listModels(ports, repository);
  const { laidOut, stray } = await championsAtHead(ports, repository);
  return { laidOut: [...new Set([...known, ...laidOut.filter(isName)])].sort(), stray: stray.filter(isName) };
}

/** Its settings are not those of a model on the base branch, and nothing else may judge it. */
function notLaidOut({ baseBranch }: Repository, model: string): Verification {
  const problem = `${baseBranch} does not list its folder in refit.yaml, so it cannot be judged there. Bring the change of refit.yaml to ${baseBranch} first, with model.yaml and without a champion, and run \`refit run ${model}\`.`;
  return { model, ...failed("Its folder is not listed as a model on the base branch", [problem]), weakened: [] };
}

/** A report above which another commit was pushed says so. */
async function markOutdated(
  ports: Pick<Ports, "clock" | "files" | "forge" | "git" | "learners">,
  repository: Repository,
  { model, result }: Verification,
): Promise<void> {
  if (ports.forge.pullRequest === null || result === "unchanged") return;
  const branch = await openBranchOf(ports, repository, model);
  await ports.forge.ensureRemark(repository, { model, branch, sentence: null, closes: false, at: ports.clock.now() });
}

/**
 * On the head of the pull request. Of a model that is not changed, only where a ruleset waits for the answer: with hundreds of
 * models, that many checks would tell a reviewer nothing, and GitHub would refuse to take them.
 */
async function showCheck(
  ports: Pick<Ports, "forge">,
  repository: Repository,
  verification: Verification,
): Promise<void> {
  if (ports.forge.pullRequest === null) return;
  const { model, result, title, problems, weakened, inputDigest } = verification;
  const isNews = result !== "unchanged" || weakened.length > 0;
  await ports.forge.ensureCheck({
    ...(isNews ? {} : { ifRequiredOn: repository.baseBranch }),
    model,
    head: null,
    inputDigest,
    conclusion: conclusionOf(verification),
    title,
    summary: [
      `**${cell(model)}**: ${cell(title)}.`,
      ...problems.map((problem) => `- ${cell(problem)}`),
      ...weakened.map(
        (clause) => `- This change weakens the checks: ${cell(clause)}. Those of the base branch were used.`,
      ),
    ].join("\n"),
  });
}
