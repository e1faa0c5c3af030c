import type { TagResult } from "@refit/core/answers";
import { gtoTags, type ModelHistory, type ModelVersion, type VersionTag } from "@refit/core/history";
import type { RefUpdate, TagTarget } from "../ports/git.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { flatName } from "@refit/core/history";
export type { TagResult } from "@refit/core/answers";

type EnsureTagsPorts = Pick<Ports, "branches">;

/** Most versions looked at in one run, newest last: a long history is caught up with over several runs. */
const MOST_VERSIONS = 500;

/** What happened to one model. */
export interface NamedHistory {
  readonly model: string;
  readonly history: ModelHistory;
}

interface TagOptions {
  readonly gto: boolean;
  readonly dryRun: boolean;
  /** All tags of this clone. */
  readonly present: ReadonlyMap<string, TagTarget>;
}

/** The tags of a model's versions, made where they are missing. One that points elsewhere is told, never moved. */
export async function ensureTags(
  ports: EnsureTagsPorts,
  repository: Repository,
  { model, history }: NamedHistory,
  { gto, dryRun, present }: TagOptions,
): Promise<TagResult[]> {
  const name = flatName(model);
  const results: TagResult[] = [];
  const add = async (tag: VersionTag, subject: string) => {
    const message = `${subject}\n\nTree: ${tag.treeId}\n`;
    const there = present.get(tag.name);
    const result =
      there === undefined
        ? await makeTag(ports, repository, { ...tag, message }, dryRun)
        : there.commit === tag.commit
          ? "exists"
          : "history-rewritten";
    results.push({ model, tag: tag.name, version: tag.treeId, result });
  };
  for (const version of history.versions.slice(-MOST_VERSIONS).filter((each) => isTold(history, each))) {
    const { number, treeId, sha, committedAt, broken, newerFormat } = version;
    const tag = `${name}@v${number}`;
    if (broken !== null) results.push({ model, tag, version: treeId, result: "broken" });
    else if (newerFormat !== null) results.push({ model, tag, version: treeId, result: "format-newer" });
    else await add({ name: tag, treeId, commit: sha, at: committedAt }, `${model} v${number}`);
  }
  const more = gto ? gtoTags(name, history).slice(-2 * MOST_VERSIONS) : [];
  for (const tag of more) await add(tag, `${model}: ${tag.name}`);
  return results;
}

/**
 * A broken folder that was mended or rolled back has no tag, and nobody needs to act on it any more; nor on one that only
 * a newer refit can read, once it is not live.
 */
function isTold({ state, events }: ModelHistory, { broken, newerFormat, number }: ModelVersion): boolean {
  if (broken === null && newerFormat === null) return true;
  return (state === "broken" || state === "live") && events.at(-1)?.number === number;
}

/** The version that a rollback brought back; none where the folder is gone or broken since. */
export function liveAgain(model: string, { champion, state }: ModelHistory): TagResult[] {
  if (champion === null || state !== "live") return [];
  const tag = `${flatName(model)}@v${champion.number}`;
  return [{ model, tag, version: champion.treeId, result: "restored" }];
}

async function makeTag(
  ports: EnsureTagsPorts,
  repository: Repository,
  { name, commit, message, at }: VersionTag & { readonly message: string },
  dryRun: boolean,
): Promise<TagResult["result"]> {
  if (dryRun) return "missing";
  const made = await ports.branches.tag(repository, { name, commit, message, at });
  return made === "exists-elsewhere" ? "history-rewritten" : made;
}

/**
 * Pushes what is here and not on the remote, also what a run that was cut short has left. Whoever made a tag there first, for
 * the same commit, has made it as well as this run.
 *
 * @returns the results, with what the remote has on other commits.
 */
export async function pushTags(
  ports: Pick<Ports, "git" | "branches" | "remoteRefs">,
  repository: Repository,
  results: readonly TagResult[],
): Promise<TagResult[]> {
  const here = results.filter(({ result }) => result === "created" || result === "exists");
  const shared = here.length === 0 ? new Map<string, string>() : await ports.remoteRefs.tags(repository);
  const own = here.length === 0 ? new Map<string, TagTarget>() : await ports.git.tags();
  const updates: RefUpdate[] = [];
  const taken = new Set<string>();
  for (const { tag } of here) {
    const there = shared.get(tag);
    const { id, commit } = own.get(tag) ?? { id: null, commit: null };
    if (there === undefined) updates.push({ ref: `refs/tags/${tag}`, id, expected: null });
    else if (there !== commit) taken.add(tag);
  }
  if (updates.length > 0) await ports.branches.push(repository, updates);
  return results.map((each) => (taken.has(each.tag) ? { ...each, result: "history-rewritten" } : each));
}
