import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { workTreeModels } from "../versions/work-tree-models.ts";

/** The models that a person has named, each once; where none is named, all of the work tree. */
export async function namedOrAll(
  ports: Pick<Ports, "files" | "out">,
  repository: Repository,
  names: readonly string[],
): Promise<readonly string[]> {
  if (names.length > 0) return [...new Set(names)];
  const models = await workTreeModels(ports, repository);
  if (models.length === 0) ports.out.notice("There is no model in the work tree: `refit init` writes the first.");
  return models;
}
