import { specPath } from "@refit/core/history";
import { ledgerFiles } from "../ledger/ledger.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { readModelHistories } from "./model-history.ts";

/** Fewer are asked for one after the other. */
const manyModels = 8;

/**
 * Asks git in one go for what the rooms will ask for model by model: histories, specs, manifests, lineages of champions, ledgers.
 * What cannot be read is for those to say.
 */
export async function readAhead(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  models: readonly string[],
): Promise<void> {
  const histories = await readModelHistories(ports, repository, models);
  if (models.length < manyModels) return;
  const { baseCommit } = repository;
  const folder = "data-manifests";
  const manifests = await ports.git.list(baseCommit, folder);
  const champions = [...histories.values()].flatMap(({ history }) => history.champion?.treeId ?? []);
  await ports.git.read([
    ...models.map((model) => `${baseCommit}:${specPath(model, repository)}`),
    ...manifests.map(({ path }) => `${baseCommit}:${folder}/${path}`),
    ...champions.map((treeId) => `${treeId}:lineage.json`),
    ...(await ledgerFiles(ports, repository, models)),
  ]);
}
