import type { FailedModel } from "@refit/core/errors";
import { keepListings } from "../data/kept-listings.ts";
import { renewableTables } from "../data/kept-tables.ts";
import type { RunRequest } from "../products/context.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { WorkUnit } from "../ports/workers.ts";
import { fetched } from "../versions/fetched.ts";
import { readAhead } from "../versions/read-ahead.ts";
import { isName, listModels } from "../versions/models.ts";
import { lookAt, type Look } from "./due.ts";
import { type GroupLookPorts, lookAtGroup, type SeenMember } from "./look-at-group.ts";
import { orFailed } from "./or-failed.ts";
import { tellAdded, workUnits } from "./proposal-groups.ts";

export type FetchedPorts = GroupLookPorts & Pick<Ports, "branches" | "obstacles" | "remoteRefs">;

/** Looks at the repository as the remote has it, with a folder for temporary files that is gone when all is done. */
export async function withFetched<T>(
  ports: FetchedPorts,
  work: (repository: Repository, scratch: string) => Promise<T>,
): Promise<T> {
  const repository = await fetched(ports, false, { tags: false });
  for (const notice of repository.notices) ports.out.notice(notice);
  const scratch = await ports.scratch.open(repository.commonDir);
  try {
    return await work(repository, scratch.path);
  } finally {
    await scratch.remove();
  }
}

/** Models to look at: each by itself, or with its proposal group. */
export interface ModelsToLookAt {
  readonly units: readonly WorkUnit[];
  /** Those of which something is asked, in order: of a group perhaps only some. */
  readonly models: readonly string[];
}

/** The named models, and then the others of their groups; none named: all. */
export async function modelsToLookAt(
  ports: GroupLookPorts,
  repository: Repository,
  names: readonly string[],
): Promise<ModelsToLookAt> {
  const named = names.length > 0 ? [...new Set(names)] : await listModels(ports, repository);
  await readAhead(ports, repository, named.filter(isName));
  const units = await workUnits(ports, repository, named, { workTree: false });
  if (names.length > 0) tellAdded(ports, units, named);
  return { units, models: [...new Set([...named, ...units.flatMap((unit) => unit.models)])] };
}

/** What is done with each model once it is known whether it is due. */
interface Turn<P, T> extends Pick<RunRequest, "candidates" | "force"> {
  /** Whether one that is due is trained, which takes so long that its files are listed anew for the next one. */
  readonly trains: boolean;
  one(kept: P, model: string, look: Look): Promise<T>;
  failed(model: string, error: FailedModel): T;
}

/**
 * Looks at models, one after the other, all of a group before anything is done with one of them, and does something with each. One that fails does not
 * stop those after it.
 *
 * @returns a result for each, in their order. @throws what a single model throws.
 */
export async function eachLook<P extends GroupLookPorts, T>(
  ports: P,
  repository: Repository,
  { units, models }: ModelsToLookAt,
  given: Turn<P, T>,
): Promise<readonly T[]> {
  const listings = keepListings(ports);
  const turn = given.trains ? listedAnew(given, listings.forget) : given;
  const sharing = { ...ports, sources: listings.sources };
  const { ports: kept, renew, close } = renewableTables(sharing, repository.commonDir);
  const request = { force: turn.force, candidates: turn.candidates, dryRun: false };
  const wanted = new Set(models);
  const results = new Map<string, T>();
  const settle = async (model: string, work: () => Promise<T>): Promise<void> => {
    let hasFailed = false;
    const failed = (error: FailedModel) => {
      hasFailed = true;
      return turn.failed(model, error);
    };
    results.set(model, await orFailed(work, failed));
    if (hasFailed) await renew();
  };
  try {
    for (const { group, models: members } of units) {
      if (group !== null) {
        const seen = await lookAtGroup(kept, repository, { ...request, group, models: members, afterFailure: renew });
        for (const member of seen)
          if (wanted.has(member.model)) await settle(member.model, () => oneOfGroup(kept, member, turn));
        continue;
      }
      const model = members[0]!;
      const one = async () => turn.one(kept, model, await lookAt(kept, repository, { ...request, model }));
      if (units.length === 1) results.set(model, await one());
      else await settle(model, one);
    }
  } finally {
    await close();
  }
  return models.map((model) => results.get(model)!);
}

/** The same, where the next model's files are listed after one that was due. */
function listedAnew<P extends GroupLookPorts, T>(turn: Turn<P, T>, forget: () => void): Turn<P, T> {
  return {
    ...turn,
    one: async (kept, model, look) => {
      if (look.kind !== "due") return turn.one(kept, model, look);
      return turn.one(kept, model, look).finally(forget);
    },
  };
}

async function oneOfGroup<P extends GroupLookPorts, T>(kept: P, member: SeenMember, turn: Turn<P, T>): Promise<T> {
  const { model } = member;
  if (member.kind === "failed") return turn.failed(model, member.error);
  return kept.naming.about(model, () => turn.one(kept, model, lookOf(member)));
}

function lookOf(member: Exclude<SeenMember, { kind: "failed" }>): Look {
  if (member.kind === "blocked") return { kind: "blocked", findings: member.snapshot.findings };
  const { context, snapshot, decision } = member;
  return decision.retrain
    ? { kind: "due", context, snapshot, decision }
    : { kind: "skipped", heldBack: decision.heldBack! };
}
