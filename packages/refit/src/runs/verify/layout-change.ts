import { SpecInvalidError } from "@refit/core/errors";
import { modelOfOutput, modelOfSpec, modelRoots, layoutFile, type WithLayout } from "@refit/core/spec";
import { specPath } from "@refit/core/history";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { laidOut } from "../../specs/read-layout.ts";
import { pathsUnder } from "../../versions/models.ts";
import { changeOf } from "./weakened.ts";

type LayoutPorts = Pick<Ports, "ancestry" | "files" | "git">;

/**
 * What a pull request's own change of `refit.yaml` would take from a model, as clauses: nothing would judge it any more.
 *
 * @throws SpecInvalidError where the file cannot be read as the pull request has it.
 */
export async function unlaidBy(
  ports: LayoutPorts,
  repository: Repository,
  model: string,
  head: string,
): Promise<readonly string[]> {
  const there = await layoutAt(ports, repository, head);
  const spec = specPath(model, repository);
  if (there === null || modelOfSpec(spec, there) === model) return [];
  return [`${spec} is not in \`models\` of ${layoutFile}, so ${model} is no longer a model`];
}

/** `null`: the pull request leaves the layout as it is. */
async function layoutAt(ports: LayoutPorts, repository: Repository, head: string): Promise<WithLayout | null> {
  const change = await changeOf(ports, repository, head, layoutFile);
  return change === null ? null : laidOut(ports, { ...repository, baseCommit: head });
}

/** Each model's own check tells of it. */
function unreadable(error: unknown): null {
  if (error instanceof SpecInvalidError) return null;
  throw error;
}

/** Champions at HEAD, by the names of their models. */
export interface HeadChampions {
  /** In folders that may hold models, as the base branch says. */
  readonly laidOut: readonly string[];
  /** In folders that only HEAD calls folders of models: its own word would make them live. */
  readonly stray: readonly string[];
}

export async function championsAtHead(ports: LayoutPorts, repository: Repository): Promise<HeadChampions> {
  const there = (await layoutAt(ports, repository, "HEAD").catch(unreadable)) ?? repository;
  const roots = new Set([...modelRoots(repository), ...modelRoots(there)]);
  const found: Record<keyof HeadChampions, Set<string>> = { laidOut: new Set(), stray: new Set() };
  for (const path of await pathsUnder(ports, "HEAD", [...roots])) {
    const known = modelOfOutput(path, repository);
    const brought = known ?? modelOfOutput(path, there);
    if (brought !== null) found[known === null ? "stray" : "laidOut"].add(brought);
  }
  return { laidOut: [...found.laidOut], stray: [...found.stray].sort() };
}
