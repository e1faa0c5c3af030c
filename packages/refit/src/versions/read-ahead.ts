import { proposalBranch, specPath } from "@refit/core/history";
import { modelRoots } from "@refit/core/spec";
import { ledgerFiles } from "../ledger/ledger.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { parseStore } from "../specs/parse-store.ts";
import { readModelHistories } from "./model-history.ts";

/** Fewer are asked for one after the other. */
const manyModels = 8;

/**
 * Asks git in one go for what the rooms will ask for model by model, and tells the forge what it will be asked: histories, specs, manifests, files of champions, ledgers. Of what
 * was parsed before only the ids are asked for. What cannot be read is for those to say.
 */
export async function readAhead(
  ports: Pick<Ports, "files" | "forge" | "git">,
  repository: Repository,
  models: readonly string[],
  championFiles: readonly string[] = ["lineage.json"],
): Promise<void> {
  ports.forge.expect(models.map(proposalBranch));
  const histories = await readModelHistories(ports, repository, models);
  if (models.length < manyModels) return;
  const { baseCommit } = repository;
  const folder = "data-manifests";
  const [manifests] = await Promise.all([
    ports.git.list(baseCommit, folder),
    ...modelRoots(repository).map((root) => ports.git.list(baseCommit, root)),
  ]);
  const champions = [...histories.values()].flatMap(({ history }) => history.champion?.treeId ?? []);
  const objects = [
    ...models.map((model) => `${baseCommit}:${specPath(model, repository)}`),
    ...manifests.map(({ path }) => `${baseCommit}:${folder}/${path}`),
    ...champions.flatMap((treeId) => championFiles.map((file) => `${treeId}:${file}`)),
    ...(await ledgerFiles(ports, repository, models)),
  ];
  const ids = await Promise.all(objects.map((object) => ports.git.resolve(object)));
  const { knows } = await parseStore(ports, repository);
  await ports.git.read(objects.filter((_, i) => ids[i] !== null && !knows(ids[i]!)));
}
