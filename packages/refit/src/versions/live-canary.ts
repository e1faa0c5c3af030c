import { canaryFolder, readCanary, type ModelHistory } from "@refit/core/history";
import type { ModelSpec } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { noCanaries, type LiveCanaries } from "../products/canaries.ts";
import { canaryLine, readModelHistory } from "./model-history.ts";
import { readRolloutFile } from "./rollout-file.ts";

/**
 * What the base branch says of the canaries of a model. A model that asks for none, and has none, costs one question to git.
 *
 * @param spec `null`: it cannot be read.
 */
export async function readCanaries(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  { model, history, spec }: { readonly model: string; readonly history: ModelHistory; readonly spec: Pick<ModelSpec, "canary"> | null },
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
