import { checkModelName } from "@refit/core/history";
import { cell } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { listModels } from "../versions/models.ts";
import { verifyModel, type Verification } from "./verify.ts";

type VerifyModelsPorts = Parameters<typeof verifyModel>[0] & Pick<Ports, "forge">;

/** Verifies the named models at HEAD, or all, and shows a check for each on the pull request that started the run. */
export async function verifyModels(
  ports: VerifyModelsPorts,
  repository: Repository,
  names: readonly string[],
): Promise<readonly Verification[]> {
  names.forEach(checkModelName);
  const models = names.length > 0 ? names : await listModels(ports, repository);
  const trusted = ports.forge.pullRequest?.fromFork !== true;
  const verifications: Verification[] = [];
  for (const model of models) {
    const verification = await verifyModel(ports, repository, model, { head: "HEAD", trusted });
    verifications.push(verification);
    await showCheck(ports, repository, verification);
  }
  return verifications;
}

/** On the head of the pull request, also for a model that it does not touch: a required check waits for an answer. */
async function showCheck(
  ports: Pick<Ports, "forge">,
  repository: Repository,
  verification: Verification,
): Promise<void> {
  if (ports.forge.pullRequest === null) return;
  const { model, result, problems, weakened, verdict, inputDigest } = verification;
  const undecided = result === "notRescored" || verdict === "inconclusive";
  await ports.forge.ensureCheck(repository, {
    model,
    head: null,
    inputDigest,
    conclusion: result === "failed" ? "failure" : undecided ? "neutral" : "success",
    summary: [
      `**${model}**: ${resultWords[result]}.`,
      ...problems.map((problem) => `- ${cell(problem)}`),
      ...weakened.map(
        (clause) => `- This change weakens the checks: ${cell(clause)}. Those of the base branch were used.`,
      ),
    ].join("\n"),
  });
}

const resultWords = {
  valid: "digests and recomputed metrics agree, and the base branch's gates pass",
  rollback: "a version that was live before, intact and unchanged",
  unchanged: "this change does not touch the model",
  notRescored: "intact, but its metrics were not recomputed",
  failed: "this must not be merged",
} as const;
