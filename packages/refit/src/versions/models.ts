import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

/** Names of all models on the base branch, sorted. */
export async function listModels(ports: Pick<Ports, "git">, repository: Repository): Promise<string[]> {
  const entries = await ports.git.list(repository.baseCommit, "models");
  return entries
    .flatMap(({ path }) => (path.endsWith("/model.yaml") ? [path.slice(0, -"/model.yaml".length)] : []))
    .sort();
}
