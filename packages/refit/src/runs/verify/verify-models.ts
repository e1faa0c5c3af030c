import { checkModelName, proposalBranch } from "@refit/core/history";
import { cell } from "@refit/core/report";
import { nameProblem } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { listModels } from "../../versions/models.ts";
import type { Verification, VerifyPorts } from "./verification.ts";
import { verifyModel } from "./verify-model.ts";

/** Verifies the named models at HEAD, or all, and shows a check for each on the pull request that started the run. */
export async function verifyModels(
  ports: VerifyPorts,
  repository: Repository,
  names: readonly string[],
): Promise<readonly Verification[]> {
  names.forEach(checkModelName);
  const models = names.length > 0 ? names : await modelsAtStake(ports, repository);
  const trusted = ports.forge.pullRequest?.fromFork !== true;
  const verifications: Verification[] = [];
  for (const model of models) {
    const verification = await verifyModel(ports, repository, model, { head: "HEAD", trusted });
    verifications.push(verification);
    await showCheck(ports, repository, verification);
    if (trusted) await markOutdated(ports, repository, verification);
  }
  return verifications;
}

/** Those of the base branch, and those of which only the commit has a champion: they too would be live after the merge. */
async function modelsAtStake(ports: Pick<Ports, "git" | "out">, repository: Repository): Promise<readonly string[]> {
  const known = await listModels(ports, repository);
  const entries = await ports.git.list("HEAD", "models");
  const brought = entries.flatMap(({ path }) => /^(.+?)\/champion\//s.exec(path)?.[1] ?? []);
  return [...new Set([...known, ...brought.filter((name) => nameProblem(name) === null)])].sort();
}

/** A report above which another commit was pushed says so. */
async function markOutdated(
  ports: Pick<Ports, "clock" | "forge">,
  repository: Repository,
  { model, result }: Verification,
): Promise<void> {
  if (ports.forge.pullRequest === null || result === "unchanged") return;
  const branch = proposalBranch(model);
  await ports.forge.ensureRemark(repository, { model, branch, sentence: null, closes: false, at: ports.clock.now() });
}

/** On the head of the pull request, also for a model that it does not touch: a required check waits for an answer. */
async function showCheck(
  ports: Pick<Ports, "forge">,
  repository: Repository,
  verification: Verification,
): Promise<void> {
  if (ports.forge.pullRequest === null) return;
  const { model, result, title, problems, weakened, verdict, inputDigest } = verification;
  const conclusion = result === "failed" ? "failure" : verdict === "inconclusive" ? "neutral" : "success";
  await ports.forge.ensureCheck(repository, {
    model,
    head: null,
    inputDigest,
    conclusion,
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
