import { canonicalJson, parseFeatureSpec, type Json } from "@refit/core/history";
import type { ArmRows, CanarySettings, SumSettings } from "@refit/core/production";
import { isBuiltIn, measuredMetrics, modelFolder, type ModelSpec } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import type { AnswersOfVersion } from "../../ports/prediction-logs.ts";
import type { Repository } from "../../ports/repository.ts";
import { sha256 } from "../../sha256.ts";
import { decodeText } from "../../text.ts";
import { readChampionFile } from "../../versions/version-folder.ts";

/** How answers of the versions of a model are read and summed. */
export interface ProductionSettings {
  /** By tree id; a version that the repository does not have is not among them. */
  readonly versions: ReadonlyMap<string, AnswersOfVersion>;
  settingsOf(rows: ArmRows): SumSettings;
  /** Names what answers of these versions are summed by: other versions change nothing in it. */
  digestOf(treeIds: readonly string[]): string;
}

/** @param treeIds of versions that a log names. */
export async function productionSettings(
  ports: Pick<Ports, "git">,
  repository: Repository,
  model: { readonly name: string; readonly spec: ModelSpec },
  treeIds: Iterable<string>,
): Promise<ProductionSettings> {
  const { metrics, labels } = model.spec;
  const canary = await canaryOf(ports, repository, model.name);
  const versions = new Map<string, AnswersOfVersion>();
  const sums = new Map<string, SumSettings>();
  const { threshold, quantile } = metrics;
  const metricSettings = { ...(threshold !== undefined && { threshold }), ...(quantile !== undefined && { quantile }) };
  for (const treeId of [...new Set(treeIds)].sort()) {
    // A log may say anything.
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(treeId)) continue;
    const text = await readChampionFile(ports, { treeId }, "features.json");
    if (text === null) continue;
    const { task, classes } = parseFeatureSpec(text).target;
    versions.set(treeId, { task, classes });
    // A metric of the model's own reads columns that the log need not have.
    const measured = measuredMetrics(metrics).filter(isBuiltIn);
    sums.set(treeId, { task, classes: classes?.length ?? 0, metrics: measured, metricSettings });
  }
  return {
    versions,
    settingsOf: ({ version, other }) => ({
      ...sums.get(version)!,
      ...(other !== null && canary !== null && { canary }),
    }),
    digestOf(named) {
      const known = named.flatMap((treeId) =>
        versions.has(treeId) ? [[treeId, versions.get(treeId), sums.get(treeId)]] : [],
      );
      // Without another version beside it, no answer says anything of a canary.
      const settings = JSON.stringify({ labels, known, ...(named.length > 1 && canary !== null && { canary }) });
      return sha256(canonicalJson(JSON.parse(settings) as Json)).slice(0, 16);
    },
  };
}

/** What the canary that runs has to show, as the base branch says; `null`: none runs. */
async function canaryOf(
  { git }: Pick<Ports, "git">,
  repository: Repository,
  model: string,
): Promise<CanarySettings | null> {
  const file = `${modelFolder(model, repository)}/rollout.yaml`;
  const [bytes] = await git.read([`${repository.baseCommit}:${file}`]);
  if (bytes === null || bytes === undefined) return null;
  const { readRolloutSpec } = await import("../../specs/documents.ts");
  const { loss, scale, margin, outcome } = readRolloutSpec(file, decodeText(bytes));
  return { loss, margin, outcome, ...(scale !== undefined && { scale }) };
}
