import { championFolder, proposalBranch } from "@refit/core/history";
import type { PrunedContent } from "../ports/content-cache.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { readModelHistory } from "../versions/model-history.ts";
import { listModels } from "../versions/models.ts";
import { readLineage } from "../versions/read-lineage.ts";

type PruneCachePorts = Pick<Ports, "contentCache" | "files" | "git" | "out">;

/** Removes remote data that neither a live version nor an open proposal was made from. */
export async function pruneCache(
  ports: PruneCachePorts,
  options: { readonly dryRun: boolean },
): Promise<PrunedContent> {
  const repository = await ports.git.locate();
  const needed = new Set<string>();
  for (const model of await listModels(ports, repository)) {
    for (const digest of await neededBy(ports, repository, model)) needed.add(digest);
  }
  return ports.contentCache.prune(repository, needed, options.dryRun);
}

async function neededBy(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  model: string,
): Promise<readonly string[]> {
  const { history } = await readModelHistory(ports, repository, model);
  // Where the live folder is broken, an earlier version takes its place, and which one is not decided here.
  const versions = history.champion === null ? history.versions : [history.champion];
  const proposal = await ports.git.resolve(`refs/heads/${proposalBranch(model)}`);
  const trees = versions.map(({ treeId }) => `${treeId}:lineage.json`);
  if (proposal !== null) trees.push(`${proposal}:${championFolder(model)}/lineage.json`);
  const lineages = await Promise.all(trees.map((object) => readLineage(ports, repository, object)));
  const data = lineages.flatMap((lineage) => (lineage === null ? [] : [lineage.data]));
  const files = data.flatMap(({ files: own, tables = {} }) => [own, ...Object.values(tables)].flat());
  return files.map(({ sha256 }) => sha256);
}
