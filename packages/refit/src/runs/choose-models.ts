import { ModelUnknownError } from "@refit/core/errors";
import { checkModelName } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { listModels } from "../versions/models.ts";
import { readModelHistory } from "../versions/model-history.ts";

/**
 * The model that a person named, else all on the base branch. One that has a past and no spec any more may be named, too.
 *
 * @throws ModelNameError, ModelUnknownError
 */
export async function chooseModels(
  ports: Pick<Ports, "files" | "git" | "out">,
  repository: Repository,
  model: string | undefined,
): Promise<string[]> {
  const models = await listModels(ports, repository);
  if (model === undefined) return models;
  checkModelName(model);
  if (models.includes(model)) return [model];
  const { history } = await readModelHistory(ports, repository, model);
  if (history.events.length === 0) throw new ModelUnknownError(model, models, repository);
  return [model];
}
