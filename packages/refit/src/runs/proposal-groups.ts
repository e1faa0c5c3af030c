import { SpecInvalidError } from "@refit/core/errors";
import { championFolder, groupBranch, groupOfBranch, proposalBranch, specPath } from "@refit/core/history";
import path from "node:path";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { WorkUnit } from "../ports/workers.ts";
import { specParser } from "../rooms/read.ts";
import { parsedObject, parsedText } from "../specs/parse-cache.ts";
import { decodeText } from "../text.ts";
import { findModels, isName, listModels } from "../versions/models.ts";
import { openProposal } from "../versions/open-proposal.ts";
import { workTreeModels } from "../versions/work-tree-models.ts";

type GroupPorts = Pick<Ports, "files" | "git" | "learners">;

interface SpecsPlace {
  /** Whether the work tree says it; else the base branch. */
  readonly workTree: boolean;
}

/** The proposal group that the spec of a model names; `null`: none, or there is no such model. */
export async function groupOf(ports: GroupPorts, repository: Repository, model: string): Promise<string | null> {
  return (await companyOf(ports, repository, model, { workTree: false })).group;
}

/** Which models a model goes with. */
interface Company {
  /** `null`: no proposal group, or there is no such model. */
  readonly group: string | null;
  /** `null`: its spec does not say it. */
  readonly dataset: string | null;
}

const alone: Company = { group: null, dataset: null };

async function companyOf(
  ports: GroupPorts,
  repository: Repository,
  model: string,
  { workTree }: SpecsPlace,
): Promise<Company> {
  if (!isName(model)) return alone;
  const file = specPath(model, repository);
  const parser = specParser(file, ports.learners.installed);
  const textOf = async () => {
    const bytes = workTree
      ? await ports.files.read(path.join(repository.root, file))
      : (await ports.git.read([`${repository.baseCommit}:${file}`]))[0];
    return bytes ? decodeText(bytes) : null;
  };
  try {
    if (!workTree) {
      const spec = await parsedObject(ports, repository, `${repository.baseCommit}:${file}`, parser);
      return spec === null ? alone : { group: spec.proposalGroup ?? null, dataset: spec.data };
    }
    const text = await textOf();
    if (text === null) return alone;
    const { proposalGroup = null, data } = await parsedText(ports, repository, text, parser);
    return { group: proposalGroup, dataset: data };
  } catch (error) {
    if (!(error instanceof SpecInvalidError)) throw error;
    // A model whose spec is broken is in the way of its group all the same, so that nothing is proposed without it.
    const named = /^\s*["']?proposalGroup["']?\s*:\s*["']?([a-z0-9]+(?:-[a-z0-9]+)*)/m.exec((await textOf()) ?? "");
    return { group: named?.[1] ?? null, dataset: null };
  }
}

/** The branch of a model's proposal, as the base branch has it. */
export async function openBranchOf(ports: GroupPorts, repository: Repository, model: string): Promise<string> {
  const group = await groupOf(ports, repository, model);
  return group === null ? proposalBranch(model) : groupBranch(group);
}

/** Members of a proposal group, sorted. */
export async function membersOf(
  ports: GroupPorts & Pick<Ports, "out">,
  repository: Repository,
  group: string,
): Promise<readonly string[]> {
  const all = await listModels(ports, repository);
  const groups = await Promise.all(all.map((model) => groupOf(ports, repository, model)));
  return all.filter((_, i) => groups[i] === group);
}

/**
 * Closes proposals of groups that have nothing left to say: their versions came to the base branch in another way, or the group is not
 * what it was when they were made. The next run of a group that is still there proposes again.
 *
 * @param branches those of refit, as fetched.
 * @param models all.
 */
export async function closeObsoleteGroups(
  ports: GroupPorts & Pick<Ports, "ancestry" | "clock" | "forge">,
  repository: Repository,
  branches: ReadonlySet<string>,
  models: readonly string[],
): Promise<void> {
  const groups = [...branches].flatMap((branch) => groupOfBranch(branch) ?? []);
  if (groups.length === 0) return;
  const groupsOf = await Promise.all(models.map((model) => groupOf(ports, repository, model)));
  for (const group of groups) {
    const branch = groupBranch(group);
    const open = await openProposal(ports, repository, branch);
    if (open === null) continue;
    const before = await membersBefore(ports, repository, group, open.head);
    const now = models.filter((_, i) => groupsOf[i] === group).toSorted();
    const proposed = await proposedIn(ports, repository, open.head, [...new Set([...models, ...before])]);
    const live = await Promise.all(proposed.map((model) => isLive(ports, repository, open.head, model)));
    const isOutdated = now.join() !== before.join();
    const why = !live.includes(false)
      ? `These versions are already live on \`${repository.baseBranch}\`.`
      : isOutdated && !open.heldByPerson
        ? `The models of the group ${group} have changed since this was proposed.`
        : null;
    const [model] = proposed;
    const at = ports.clock.now();
    if (model !== undefined && why !== null)
      await ports.forge.ensureRemark(repository, { model, branch, sentence: why, closes: true, at });
  }
}

/** Members of a group, sorted, on the base branch as it was when a proposal was made: some may be gone, and others have joined since. */
async function membersBefore(
  ports: GroupPorts & Pick<Ports, "ancestry">,
  repository: Repository,
  group: string,
  head: string,
): Promise<readonly string[]> {
  const fork = await ports.ancestry.mergeBase(head, repository.baseCommit);
  if (fork === null) return [];
  const then = { ...repository, baseCommit: fork };
  const { models } = await findModels(ports, then);
  const groups = await Promise.all(models.map((model) => groupOf(ports, then, model)));
  return models.filter((_, i) => groups[i] === group);
}

/** Those of the models that a proposal changes. */
export async function proposedIn(
  { ancestry, git }: Pick<Ports, "ancestry" | "git">,
  repository: Repository,
  head: string,
  models: readonly string[],
): Promise<readonly string[]> {
  const fork = await ancestry.mergeBase(head, repository.baseCommit);
  const changed = await Promise.all(
    models.map(async (model) => {
      const folder = championFolder(model, repository);
      return (await git.resolve(`${head}:${folder}`)) !== (await git.resolve(`${fork}:${folder}`));
    }),
  );
  return models.filter((_, i) => changed[i]);
}

async function isLive({ git }: Pick<Ports, "git">, repository: Repository, head: string, model: string) {
  const folder = championFolder(model, repository);
  return (await git.resolve(`${head}:${folder}`)) === (await git.resolve(`${repository.baseCommit}:${folder}`));
}

/** Models that are worked on together: each by itself, and those of a group at the place of the first that is named. */
export async function workUnits(
  ports: GroupPorts & Pick<Ports, "out">,
  repository: Repository,
  models: readonly string[],
  place: SpecsPlace,
): Promise<readonly WorkUnit[]> {
  const known = new Map<string, Company>();
  const know = async (names: readonly string[]) => {
    for (const model of names)
      if (!known.has(model)) known.set(model, await companyOf(ports, repository, model, place));
  };
  await know(models);
  if ([...known.values()].some(({ group }) => group !== null))
    await know(place.workTree ? await workTreeModels(ports, repository) : await listModels(ports, repository));

  const units = new Map<string, WorkUnit>();
  for (const model of models) {
    const { group } = known.get(model)!;
    const members =
      group === null ? [model] : [...known.keys()].filter((name) => known.get(name)!.group === group).sort();
    const { dataset } = known.get(members[0]!)!;
    units.set(group === null ? model : `group ${group}`, { group, models: members, dataset });
  }
  return [...units.values()];
}

/** Says which models are looked at although nobody has named them: whether they are judged, each result says. */
export function tellAdded({ out }: Pick<Ports, "out">, units: readonly WorkUnit[], named: readonly string[]): void {
  for (const { group, models } of units) {
    const added = models.filter((model) => !named.includes(model));
    if (added.length === 0) continue;
    out.notice(`Models of the proposal group ${group} move together, so refit looks at ${added.join(", ")}, too.`);
  }
}
