import type { CanaryStatus, RunningCanary } from "@refit/core/decide";
import { canaryFolder, readCanary, type ModelHistory, type StoppedCanary } from "@refit/core/history";
import type { ModelSpec } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { noCanaries, type LiveCanary, type LiveCanaries } from "../products/canaries.ts";
import { canaryLine, readModelHistory } from "./model-history.ts";
import { readRolloutFile } from "./rollout-file.ts";

/** A canary as lists of models tell it. */
export function canaryStatus({ treeId, percent, since, file, championMoved, broken }: LiveCanary): CanaryStatus {
  const problem = broken ?? (file === null ? "rollout.yaml is missing." : file.problem);
  return { version: treeId, percent, since, maxDays: file?.rollout?.maxDays ?? null, championMoved, problem };
}

/**
 * What the base branch says of the canaries of a model. A model that asks for none, and has none, costs one question to git.
 *
 * @param spec `null`: it cannot be read.
 */
export async function readCanaries(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  {
    model,
    history,
    spec,
  }: { readonly model: string; readonly history: ModelHistory; readonly spec: Pick<ModelSpec, "canary"> | null },
): Promise<LiveCanaries> {
  const treeId = await ports.git.resolve(`${repository.baseCommit}:${canaryFolder(model, repository)}`);
  if (treeId === null && spec?.canary === undefined) return noCanaries;
  const folder = await readModelHistory(ports, repository, canaryLine(model));
  const { running, stopped } = readCanary(folder.history, history);
  if (running === null) return { running: null, stopped };
  const file = await readRolloutFile(ports, repository, model, repository.baseCommit);
  const percent = file?.rollout?.percent ?? null;
  const championMoved = running.parent !== (history.champion?.treeId ?? null) || history.state !== "live";
  return { running: { ...running, file, percent, championMoved }, stopped };
}

/** What a decision reads of a canary that runs. */
export function runningFacts({ percent, since, championMoved }: LiveCanary): RunningCanary {
  return { percent, since, championMoved };
}

/** What gave way last: a version that was live, or a canary; `null`: none has. */
export function newestNo(
  rolledBack: ModelHistory["rolledBack"][number] | undefined,
  stopped: StoppedCanary | undefined,
): StoppedCanary | null {
  if (rolledBack === undefined || stopped === undefined) return rolledBack ?? stopped ?? null;
  return stopped.at > rolledBack.at ? stopped : rolledBack;
}
