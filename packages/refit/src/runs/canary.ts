import { instantText, type CanaryAnswer } from "@refit/core/answers";
import { DAY, nextStep, type CanaryMove } from "@refit/core/decide";
import { NoCanaryError, RefitError } from "@refit/core/errors";
import { canaryBranch, canaryFolder, specPath, type ModelHistory } from "@refit/core/history";
import type { ModelSpec } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { LiveCanary } from "../products/canaries.ts";
import { canaryMoved, proposeCanary } from "../rooms/propose-canary.ts";
import { specParser } from "../rooms/read.ts";
import { parsedObject } from "../specs/parse-cache.ts";
import { fetched, type FetchPorts } from "../versions/fetched.ts";
import { canaryStatus, readCanaries } from "../versions/live-canary.ts";
import { listModels } from "../versions/models.ts";
import { historyOfNamed } from "../versions/unknown-model.ts";
import { despiteRaces } from "./despite-races.ts";

type ShowCanaryPorts = Pick<Ports, "clock" | "files" | "git" | "learners" | "out">;

interface KnownCanary {
  readonly model: string;
  readonly history: ModelHistory;
  readonly policy: ModelSpec | null;
  readonly running: LiveCanary;
}

/** The canaries on the base branch, of one model or of all. @throws ModelUnknownError */
export async function shownCanaries(
  ports: ShowCanaryPorts,
  repository: Repository,
  named: string | null,
): Promise<CanaryAnswer["canaries"]> {
  const models = named === null ? await modelsWithCanary(ports, repository) : [named];
  const found = await Promise.all(models.map((model) => canaryOf(ports, repository, model)));
  const now = ports.clock.now();
  return found.flatMap((each) => (each === null ? [] : [told(each, now)]));
}

async function modelsWithCanary(ports: ShowCanaryPorts, repository: Repository): Promise<readonly string[]> {
  const models = await listModels(ports, repository);
  const trees = await Promise.all(
    models.map((model) => ports.git.resolve(`${repository.baseCommit}:${canaryFolder(model, repository)}`)),
  );
  return models.filter((_, i) => trees[i] !== null);
}

async function canaryOf(ports: ShowCanaryPorts, repository: Repository, model: string): Promise<KnownCanary | null> {
  const { history } = await historyOfNamed(ports, repository, model);
  const { running } = await readCanaries(ports, repository, { model, history, spec: null });
  return running && { model, history, running, policy: await policyOf(ports, repository, model) };
}

/** A spec that cannot be read must not stand in the way of a stop. */
async function policyOf(ports: ShowCanaryPorts, repository: Repository, model: string): Promise<ModelSpec | null> {
  const file = specPath(model, repository);
  try {
    const parser = specParser(file, ports.learners.installed);
    return await parsedObject(ports, repository, `${repository.baseCommit}:${file}`, parser);
  } catch (error) {
    if (error instanceof RefitError) return null;
    throw error;
  }
}

function told({ model, running }: KnownCanary, now: number): CanaryAnswer["canaries"][number] {
  const rollout = running.file?.rollout ?? null;
  const { since, ...status } = canaryStatus(running);
  return {
    model,
    ...status,
    since: instantText(since),
    days: Math.max(0, Math.floor((now - since) / DAY)),
    steps: rollout === null ? null : [...rollout.steps],
    next: rollout && nextStep(rollout),
  };
}

export interface MoveRequest {
  readonly model: string;
  readonly move: CanaryMove;
  /** Write nothing. */
  readonly dryRun: boolean;
}

type MovePorts = ShowCanaryPorts & FetchPorts & Parameters<typeof proposeCanary>[0];

/**
 * Proposes what a person asks of a canary. Asking again for the same changes nothing.
 *
 * @throws ModelUnknownError, NoCanaryError, CanaryMoveError, BranchHeldError
 */
export function proposeMove(ports: MovePorts, request: MoveRequest): Promise<CanaryAnswer> {
  return despiteRaces(async () => {
    const { model, move, dryRun } = request;
    const repository = await fetched(ports, dryRun);
    const canary = await canaryOf(ports, repository, model);
    if (canary === null) throw new NoCanaryError(model, repository.baseBranch);
    const moved = canaryMoved(canary, move);
    // What is open is known from then on, and not asked for again.
    if (!dryRun) await ports.forge.proposal(repository, canaryBranch(model));
    const proposed = dryRun ? null : await proposeCanary(ports, repository, canary, moved);
    const { url, operation } = proposed ?? { url: null, operation: null };
    const percent = moved.move === "step" ? moved.to : null;
    return {
      canaries: [told(canary, ports.clock.now())],
      proposed: { model, move, percent, branch: canaryBranch(model), url, operation },
    };
  });
}
