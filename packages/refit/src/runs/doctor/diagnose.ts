import type { CandidateSettings } from "@refit/core/runtime";
import { proposalBranch, proposalBranchOf } from "@refit/core/history";
import { candidatesOf } from "@refit/core/spec";
import { GitLockedError, leftLockWords, RefitError } from "@refit/core/errors";
import path from "node:path";
import { readAhead } from "../../versions/read-ahead.ts";
import { unkeptPatterns } from "../../versions/keeps-versions.ts";
import { findModels } from "../../versions/models.ts";
import { obstaclesTo } from "../../versions/obstacles-to.ts";
import type { Diagnosis } from "../../ports/diagnosis.ts";
import type { GuardedModel } from "../../ports/forge.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Context } from "../../products/context.ts";
import { read } from "../../rooms/read.ts";
import { diagnoseAttention } from "./diagnose-attention.ts";
import { diagnoseDataFiles, diagnoseModel, keptInLfs } from "./diagnose-model.ts";
import { readCode } from "../../specs/program-code.ts";
import { diagnoseImported, tryImported } from "./try-imported.ts";
import { tryOwnMetrics } from "./try-own-metrics.ts";
import { decodeText } from "../../text.ts";

type DiagnosePorts = Pick<
  Ports,
  | "ancestry"
  | "clock"
  | "git"
  | "obstacles"
  | "largeFiles"
  | "forge"
  | "forgeSettings"
  | "pipelines"
  | "files"
  | "sources"
  | "learners"
  | "out"
  | "scratch"
  | "tables"
>;

/** What will bite later, worst first. Reads only. */
export async function diagnose(ports: DiagnosePorts): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [];
  const repository = await attempt(found, () => ports.git.locate());
  if (repository === null) return found;
  const { models: names, misnamed } = await findModels(ports, repository);
  found.push(
    ...(await diagnoseAttributes(ports, repository, names.length === 0 ? ["example"] : names)),
    ...(await ports.pipelines.diagnose(repository)),
  );
  for (const lock of await ports.obstacles.leftLocks(repository)) {
    found.push({ severity: "warning", ...leftLockWords(lock) });
  }
  for (const { message, hint } of misnamed) found.push({ severity: "error", what: message, fix: hint });
  if (names.length === 0) {
    found.push({
      severity: "warning",
      what: "There is no model on the base branch.",
      fix: "Run `refit init`, then commit what it wrote.",
    });
  }
  const models: GuardedModel[] = [];
  const contexts: Context[] = [];
  const branches = new Set<string>();
  const datasets = new Set<string>();
  await attempt(found, () => readAhead(ports, repository, names, ["lineage.json", "features.json"]));
  const large = (await attempt(found, () => keptInLfs(ports, repository, names))) ?? new Set<string>();
  for (const model of names) {
    const context = await attempt(found, () => read(ports, repository, { model, force: null, dryRun: false }));
    const branch = context === null ? proposalBranch(model) : proposalBranchOf(model, context.spec);
    models.push({ model, branch, merge: context?.spec.merge ?? null });
    if (context === null) continue;
    contexts.push(context);
    branches.add(branch);
    const { data } = context.spec;
    if (!datasets.has(data)) found.push(...((await attempt(found, () => diagnoseDataFiles(ports, context))) ?? []));
    datasets.add(data);
    found.push(...((await attempt(found, () => diagnoseModel(ports, context, large))) ?? []));
    await attempt(found, () => tryOwnMetrics(ports, context));
    found.push(...((await attempt(found, () => diagnoseImported(ports, context))) ?? []));
    await attempt(found, () => tryImported(ports, context));
    for (const candidate of candidatesOf(context.spec))
      await attempt(found, () => tryCandidate(ports, repository, candidate));
  }
  const withCanary = contexts.filter(({ canaries, spec }) => canaries.running !== null || spec.canary !== undefined);
  const namesOfThem = withCanary.map(({ request }) => request.model);
  found.push(...(await diagnoseAttributes(ports, repository, namesOfThem, "canary")));
  found.push(...((await attempt(found, () => diagnoseAttention(ports, repository, contexts))) ?? []));
  for (const obstacle of branches.size === 0 ? [] : await obstaclesTo(ports, repository, [...branches])) {
    // It is among the left locks.
    if (obstacle instanceof GitLockedError) continue;
    found.push({ severity: "error", what: obstacle.message, fix: obstacle.hint });
  }
  found.push(...((await attempt(found, () => ports.forgeSettings.diagnose(repository, models))) ?? []));
  return withoutRepeats(found).sort((a, b) => (a.severity === b.severity ? 0 : a.severity === "error" ? -1 : 1));
}

/** What a run would end with before it has seen a row: a package that is missing, a model that cannot be opened. */
async function tryCandidate(
  ports: Pick<DiagnosePorts, "files" | "git" | "largeFiles" | "learners">,
  repository: Repository,
  candidate: CandidateSettings,
): Promise<void> {
  const learner = await ports.learners.get(candidate.learner);
  if (learner.check === undefined) return;
  await learner.check(candidate, await readCode(ports, repository, candidate, { workTree: false }));
}

async function attempt<T>(found: Diagnosis[], work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RefitError)) throw error;
    found.push({ severity: "error", what: error.message, fix: error.hint });
    return null;
  }
}

/** What ails all models, such as a token, is said once; so is what another finding says with more words. */
function withoutRepeats(found: readonly Diagnosis[]): Diagnosis[] {
  const told = [...new Map(found.map((each) => [each.what, each])).values()];
  return told.filter(({ what }) => !told.some((other) => other.what !== what && other.what.includes(what)));
}

/** Line endings and merges must not touch the bytes of a version. */
async function diagnoseAttributes(
  ports: Pick<Ports, "files">,
  repository: Repository,
  models: readonly string[],
  folder: "champion" | "canary" = "champion",
): Promise<Diagnosis[]> {
  const bytes = await ports.files.read(path.join(repository.root, ".gitattributes"));
  const text = bytes === null ? "" : decodeText(bytes);
  return unkeptPatterns(text, models, repository, folder).map((pattern) => ({
    severity: "error",
    what: `Line endings or merges could change the bytes of a version in ${pattern}.`,
    fix: `Add the line \`${pattern}/** -text -merge\` to .gitattributes and commit it.`,
  }));
}
