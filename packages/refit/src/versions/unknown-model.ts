import { ModelUnknownError } from "@refit/core/errors";
import { specPath } from "@refit/core/history";
import path from "node:path";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { readModelHistory, type KnownHistory } from "./model-history.ts";
import { findModels } from "./models.ts";
import { workTreeModels } from "./work-tree-models.ts";

type HistoryLookPorts = Pick<Ports, "git" | "files">;

/**
 * The history of a model that a person has named. One whose spec is gone is known as long as history has a version of it.
 *
 * @throws ModelNameError, ModelUnknownError
 */
export async function historyOfNamed(
  ports: HistoryLookPorts,
  repository: Repository,
  model: string,
): Promise<KnownHistory> {
  const known = await readModelHistory(ports, repository, model);
  if (known.history.versions.length > 0) return known;
  const [spec] = await ports.git.read([`${repository.baseCommit}:${specPath(model, repository)}`]);
  if (spec === null) throw await unknownModel(ports, repository, model, "on the base branch");
  return known;
}

/** The error that names the model which was probably meant. */
export async function unknownModel(
  ports: HistoryLookPorts,
  repository: Repository,
  model: string,
  tree: "on the base branch" | "in the work tree",
): Promise<ModelUnknownError> {
  const models =
    tree === "in the work tree"
      ? await workTreeModels(ports, repository)
      : (await findModels(ports, repository)).models;
  const written = `${model}/model.yaml`;
  const [onBase] = await ports.git.read([`${repository.baseCommit}:${written}`]);
  const isNotLaidOut = onBase !== null || (await ports.files.read(path.join(repository.root, written))) !== null;
  return new ModelUnknownError(model, models, { ...repository, tree, isNotLaidOut });
}
