import type { RollbackProposal } from "@refit/core/answers";
import {
  FormatNewerError,
  NothingToRollBackError,
  RefitError,
  VersionBrokenError,
  VersionUnknownError,
} from "@refit/core/errors";
import { knownFormat, rollbackBranch, type ModelHistory, type ModelVersion } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import { despiteRaces } from "./despite-races.ts";
import type { Repository } from "../ports/repository.ts";
import { fetched, type FetchPorts } from "../versions/fetched.ts";
import { proposeRollback } from "../rooms/propose-rollback.ts";
import { historyOfNamed } from "../versions/unknown-model.ts";
import { checkWhole } from "../versions/tree-facts.ts";
import { readPolicy } from "./reconcile.ts";
export type { RollbackProposal } from "@refit/core/answers";

type RollbackPorts = Parameters<typeof proposeRollback>[0] &
  FetchPorts &
  Pick<Ports, "files" | "largeFiles" | "learners">;

export interface RollbackRequest {
  readonly model: string;
  /** Such as `v3`; `null`: the version that was live before the champion. */
  readonly to: string | null;
  /** Write nothing. */
  readonly dryRun: boolean;
}

/**
 * Proposes an earlier version. The folder is restored as it was, never by a reverse patch: later changes elsewhere
 * cannot conflict with it.
 *
 * @throws NothingToRollBackError, VersionUnknownError, VersionBrokenError, FormatNewerError, BranchHeldError
 */
export function rollback(ports: RollbackPorts, request: RollbackRequest): Promise<RollbackProposal> {
  return despiteRaces(() => rollbackOnce(ports, request));
}

async function rollbackOnce(ports: RollbackPorts, { model, to, dryRun }: RollbackRequest): Promise<RollbackProposal> {
  const repository = await fetched(ports, dryRun);
  const { history } = await historyOfNamed(ports, repository, model);
  const target = to === null ? previous(model, history) : named(model, history, to);
  if (target.newerFormat !== null) {
    throw new FormatNewerError(`lineage.json of v${target.number} of ${model}`, target.newerFormat, knownFormat);
  }
  const problem = await checkWhole(ports, repository, target.treeId, await ports.git.list(target.treeId));
  if (problem !== null) throw new VersionBrokenError(model, target.number, problem);

  const reviewers = dryRun ? [] : await reviewersOf(ports, repository, model);
  const request = { model, from: history.champion, to: target, reviewers };
  const proposed = dryRun ? null : await proposeRollback(ports, repository, request);
  const { url, operation } = proposed ?? { url: null, operation: null };
  return { model, to: target.number, branch: rollbackBranch(model), url, operation };
}

/** The version that was live last of those before the one on the branch now; the last valid one while that is broken. */
function previous(model: string, { champion, events, state }: ModelHistory): ModelVersion {
  if (state === "broken" && champion !== null) return champion;
  const current = champion?.number ?? Infinity;
  const before = events.findLast((event) => event.champion !== null && event.champion.number < current)?.champion;
  if (before === undefined || before === null) throw new NothingToRollBackError(model);
  return before;
}

function named(model: string, history: ModelHistory, wanted: string): ModelVersion {
  const version = history.versions[Number(wanted.replace(/^v/, "")) - 1];
  if (version === undefined || version.broken !== null) throw new VersionUnknownError(model, wanted);
  return version;
}

/** A spec that cannot be read must not stand in the way of a rollback. */
async function reviewersOf(
  ports: Pick<Ports, "files" | "git" | "learners">,
  repository: Repository,
  model: string,
): Promise<readonly string[]> {
  try {
    return (await readPolicy(ports, repository, model)).reviewers;
  } catch (error) {
    if (error instanceof RefitError) return [];
    throw error;
  }
}
