import { cell, visibleText } from "@refit/core/report";
import { listModels } from "../versions/models.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { verifyModel, type Verification } from "../runs/verify.ts";
import type { Flags } from "./command.ts";

export const usage = "refit verify [model…] [--json]";
export const summary =
  "Check the models that merging HEAD would promote: digests, recomputed metrics, and the base branch's gates.";
export const options = { json: { type: "boolean" } } as const;
export const optionHelp = { json: "print the results as JSON" };

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  const models = args.length > 0 ? args : await listModels(ports, repository);
  const trusted = ports.forge.pullRequest?.fromFork !== true;
  const results: Verification[] = [];
  for (const model of models) {
    const result = await verifyModel(ports, repository, model, { head: "HEAD", trusted });
    results.push(result);
    await showCheck(ports, repository, result);
  }
  if (flags.json === true) ports.out.print(JSON.stringify(results, null, 2));
  else for (const result of results) for (const line of lines(result)) ports.out.print(line);
  return results.some((each) => each.result === "failed") ? 2 : 0;
}

function lines({ model, result, problems, weakened, verdict }: Verification): string[] {
  return [
    `${model}: ${result}${verdict === null ? "" : ` (${verdict})`}`,
    ...problems.map((problem) => `  - ${visibleText(problem, 1000)}`),
    ...weakened.map(
      (clause) =>
        `  - This change weakens the checks: ${visibleText(clause, 1000)}. Those of the base branch were used.`,
    ),
  ];
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
