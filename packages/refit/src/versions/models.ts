import { ModelNameError, ModelTwiceError, type RefitError } from "@refit/core/errors";
import { modelOfSpec, modelRoots, nameProblem } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

/** Names of all models on the base branch, sorted. A folder that cannot be one is told, and is in nobody's way. */
export async function listModels(ports: Pick<Ports, "git" | "out">, repository: Repository): Promise<string[]> {
  const { models, misnamed } = await findModels(ports, repository);
  for (const { message, hint } of misnamed) ports.out.notice(`${message} ${hint}`);
  return models;
}

/** Names of all models on the base branch, sorted, and what is wrong with other folders that have a spec. */
export async function findModels(
  ports: Pick<Ports, "git">,
  repository: Repository,
): Promise<{ readonly models: string[]; readonly misnamed: readonly RefitError[] }> {
  const { baseBranch, baseCommit } = repository;
  const names = (await pathsUnder(ports, baseCommit, modelRoots(repository))).flatMap(
    (path) => modelOfSpec(path, repository) ?? [],
  );
  const once = new Set(names);
  const twice =
    names.length === once.size ? [] : [...once].filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  const [models, others] = [[...once].filter(isName), [...once].filter((name) => !isName(name))];
  return {
    models: models.filter((name) => !twice.includes(name)).sort(),
    misnamed: [
      ...others.sort().map((name) => new ModelNameError(name, baseBranch)),
      ...twice.sort().map((name) => new ModelTwiceError(name, baseBranch)),
    ],
  };
}

/** Paths from the root. */
export async function pathsUnder(
  { git }: Pick<Ports, "git">,
  commit: string,
  folders: readonly string[],
): Promise<string[]> {
  const listings = await Promise.all(
    folders.map(async (folder) => {
      const entries = await git.list(commit, folder === "" ? undefined : folder);
      return entries.map(({ path }) => (folder === "" ? path : `${folder}/${path}`));
    }),
  );
  return listings.flat();
}

export const isName = (name: string): boolean => nameProblem(name) === null;
