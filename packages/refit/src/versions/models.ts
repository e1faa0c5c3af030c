import { ModelNameError } from "@refit/core/errors";
import { nameProblem } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

/** Names of all models on the base branch, sorted. A folder that cannot be one is told, and is in nobody's way. */
export async function listModels(ports: Pick<Ports, "git" | "out">, repository: Repository): Promise<string[]> {
  const { models, misnamed } = await findModels(ports, repository);
  for (const { message, hint } of misnamed) ports.out.notice(`${message} ${hint}`);
  return models;
}

/** Names of all models on the base branch, sorted, and what is wrong with those of other folders that have a spec. */
export async function findModels(
  ports: Pick<Ports, "git">,
  { baseBranch, baseCommit }: Repository,
): Promise<{ readonly models: string[]; readonly misnamed: readonly ModelNameError[] }> {
  const entries = await ports.git.list(baseCommit, "models");
  const names = entries.flatMap(({ path }) => {
    // What a version carries, such as the code of its learner, may have any name.
    const isSpec = path.endsWith("/model.yaml") && !path.includes("/champion/");
    return isSpec ? [path.slice(0, -"/model.yaml".length)] : [];
  });
  const [models, others] = [names.filter(isName), names.filter((name) => !isName(name))];
  return { models: models.sort(), misnamed: others.sort().map((name) => new ModelNameError(name, baseBranch)) };
}

export const isName = (name: string): boolean => nameProblem(name) === null;
