import type { CanaryStatus } from "@refit/core/decide";
import type { ModelHistory, ModelVersion } from "@refit/core/history";
import { judgedTogether, type MeasuredRows, type MeasuredTogether } from "@refit/core/judge";
import type { Learned } from "@refit/core/report";
import type { MetricName } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { canaryStatus, readCanaries } from "../versions/live-canary.ts";
import { readLineages } from "../versions/model-history.ts";
import { historyOfNamed } from "../versions/unknown-model.ts";
import { judgementsOfModel } from "../versions/stored-judgement.ts";

/** A version with its own numbers, the rows that they were measured on, and what one run has measured of its parent beside it. */
export interface LoggedVersion extends ModelVersion {
  readonly metrics: Readonly<Record<MetricName, number>> | null;
  /** What the model is judged by; `null`: it does not say. */
  readonly primary: MetricName | null;
  readonly judgedOn: MeasuredRows | null;
  /** Both on the same rows, this version as `b`; `null`: it has no parent, or could not be compared with it. */
  readonly withParent: (MeasuredTogether & { readonly number: number }) | null;
}

export interface ModelLog {
  readonly history: ModelHistory;
  /** In the order of `history.versions`. */
  readonly versions: readonly LoggedVersion[];
  /** By tree id. */
  readonly learned: ReadonlyMap<string, Learned>;
  /** It has no number; `null`: none runs. */
  readonly canary: CanaryStatus | null;
}

/** Every version of a model, with numbers that say what they were measured on. Reads no data. */
export async function logModel(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  model: string,
): Promise<ModelLog> {
  const { history, metrics, learned } = await historyOfNamed(ports, repository, model);
  const numbers = new Map(history.versions.map(({ treeId, number }) => [treeId, number]));
  const read = readLineages(ports, repository, model);
  const judgements = await judgementsOfModel(ports, repository, model, { treeIds: [...numbers.keys()], read });
  const versions = history.versions.map((version): LoggedVersion => {
    const judged = judgements.get(version.treeId);
    const parent = judged?.parent ? judgements.get(judged.parent) : undefined;
    const together = judged && parent ? judgedTogether(parent, judged) : null;
    return {
      ...version,
      metrics: metrics.get(version.treeId) ?? null,
      primary: judged?.evaluation?.primary ?? null,
      judgedOn: judged?.on ?? null,
      withParent: together && { number: numbers.get(parent!.treeId)!, ...together },
    };
  });
  const { running } = await readCanaries(ports, repository, { model, history, spec: null });
  return { history, versions, learned, canary: running && canaryStatus(running) };
}
