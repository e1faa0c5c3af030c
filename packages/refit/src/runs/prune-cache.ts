import { RefitError } from "@refit/core/errors";
import { canaryFolder, type Lineage } from "@refit/core/history";
import { openBranchOf } from "./proposal-groups.ts";
import { asOwnRows } from "@refit/core/spec";
import { filesOf } from "../data/files-of.ts";
import { rowsName } from "../data/kept-digests.ts";
import { profilePlace } from "../data/profile-store.ts";
import type { PrunedContent } from "../ports/content-cache.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { Context } from "../products/context.ts";
import { readSpecs } from "../rooms/read.ts";
import { readModelHistory } from "../versions/model-history.ts";
import { listModels } from "../versions/models.ts";
import { proposedFolder } from "../versions/proposed-folder.ts";
import { readAhead } from "../versions/read-ahead.ts";
import { readLineage } from "../versions/read-lineage.ts";

type PruneCachePorts = Pick<Ports, "contentCache" | "files" | "forge" | "git" | "learners" | "out" | "sources">;

type NamedSettings = Pick<Context, "spec" | "manifest">;

/** Removes what neither a live version nor an open proposal was made from, and what was found out of it long ago. */
export async function pruneCache(
  ports: PruneCachePorts,
  options: { readonly dryRun: boolean },
): Promise<PrunedContent> {
  const repository = await ports.git.locate();
  const content = new Set<string>();
  let caches: Set<string> | null = new Set();
  const models = await listModels(ports, repository);
  await readAhead(ports, repository, models);
  for (const model of models) {
    const lineages = await neededBy(ports, repository, model);
    for (const { data } of lineages) {
      const files = [data.files, ...Object.values(data.tables ?? {})].flat();
      for (const { sha256, named } of files) content.add(named?.own ?? sha256);
    }
    const settings = lineages.length === 0 ? null : await settingsOf(ports, repository, model);
    if (settings !== null && caches !== null) for (const name of cachesOf(settings, lineages)) caches.add(name);
    // What its caches are called depends on settings that cannot be read.
    if (settings === null && lineages.length > 0) caches = null;
  }
  return ports.contentCache.prune(repository, { content, caches }, options.dryRun);
}

/** The live version, and what is proposed in its place. */
async function neededBy(
  ports: Pick<Ports, "files" | "git" | "learners">,
  repository: Repository,
  model: string,
): Promise<readonly Lineage[]> {
  const { history } = await readModelHistory(ports, repository, model);
  // Where the live folder is broken, an earlier version takes its place, and which one is not decided here.
  const versions = history.champion === null ? history.versions : [history.champion];
  const trees = versions.map(({ treeId }) => `${treeId}:lineage.json`);
  trees.push(`${repository.baseCommit}:${canaryFolder(model, repository)}/lineage.json`);
  // A clone of a workflow has the branch as that of its remote only.
  const { remote } = repository;
  const branch = await openBranchOf(ports, repository, model);
  for (const place of ["refs/heads", ...(remote === null ? [] : [`refs/remotes/${remote}`])]) {
    const proposal = await ports.git.resolve(`${place}/${branch}`);
    if (proposal === null) continue;
    trees.push(`${proposal}:${await proposedFolder(ports, repository, model, proposal)}/lineage.json`);
  }
  const lineages = await Promise.all(trees.map((object) => readLineage(ports, repository, object)));
  return lineages.filter((lineage) => lineage !== null);
}

async function settingsOf(
  ports: PruneCachePorts,
  repository: Repository,
  model: string,
): Promise<NamedSettings | null> {
  try {
    return await readSpecs(ports, repository, model, { workTree: false });
  } catch (error) {
    if (error instanceof RefitError) return null;
    throw error;
  }
}

/** Whichever key the digests of its rows were made with. */
function cachesOf({ spec, manifest }: NamedSettings, lineages: readonly Lineage[]): string[] {
  const tables = [manifest, ...(manifest.tables ?? []).map((table) => asOwnRows(table, manifest))];
  return tables.flatMap((own) => {
    const keys = [[], [spec.key ?? []].flat(), [own.schema.primaryKey ?? []].flat()];
    return lineages
      .flatMap(({ data }) => filesOf(data, own))
      .flatMap(({ sha256, blob, named }) => [
        profilePlace({ manifest: own }, sha256),
        ...keys.map((key) => rowsName(own, sha256, key)),
        ...(blob === null ? [] : [`files/${blob}-${named?.own ?? sha256}`]),
      ]);
  });
}
