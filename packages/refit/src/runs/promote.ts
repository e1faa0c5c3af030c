import { RefitError } from "@refit/core/errors";
import type { ModelHistory } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import { closeDashboard, ensureDashboard, type DashboardPorts } from "./dashboard.ts";
import { despiteRaces } from "./despite-races.ts";
import type { Repository } from "../ports/repository.ts";
import { fetched, type FetchPorts } from "../versions/fetched.ts";
import { liveFormatError } from "../versions/live-format.ts";
import { readModelHistories } from "../versions/model-history.ts";
import { readAhead } from "../versions/read-ahead.ts";
import { listModels } from "../versions/models.ts";
import { ensureTags, liveAgain, pushTags, type TagResult } from "../versions/version-tags.ts";
import { closeOrphans } from "./close-orphans.ts";
import { closeObsoleteGroups } from "./proposal-groups.ts";
import { closeObsolete, publishLive, readPolicy, rememberRollbacks, settleAlert, type Policy } from "./reconcile.ts";

type ReconcilePorts = Pick<
  Ports,
  | "ancestry"
  | "clock"
  | "git"
  | "branches"
  | "remoteRefs"
  | "largeFiles"
  | "learners"
  | "forge"
  | "publisher"
  | "files"
  | "out"
>;
type PromotePorts = ReconcilePorts & FetchPorts & DashboardPorts;

export interface Promoted {
  readonly tags: readonly TagResult[];
  /** What failed for one model and did not stop the others. */
  readonly failures: readonly RefitError[];
}

interface Model {
  readonly history: ModelHistory;
  /** Or why it cannot be read. */
  readonly policy: Policy | RefitError;
}

/**
 * Makes tags, releases, deployments and alerts agree with the base branch. May run any number of times, from any event:
 * it only adds what is missing.
 */
export function promote(ports: PromotePorts, dryRun: boolean): Promise<Promoted> {
  return despiteRaces(() => promoteOnce(ports, dryRun));
}

/** What a run has not shown since; one that finds nothing new leaves the page to the next run. */
async function showOnDashboard(
  ports: DashboardPorts,
  repository: Repository,
  { tags }: Pick<Promoted, "tags">,
): Promise<void> {
  await closeDashboard(ports, repository);
  if (tags.some(({ result }) => result === "created" || result === "restored"))
    await ensureDashboard(ports, repository);
}

async function promoteOnce(ports: PromotePorts, dryRun: boolean): Promise<Promoted> {
  const repository = await fetched(ports, dryRun);
  const tags: TagResult[] = [];
  const models = new Map<string, Model>();
  const names = await listModels(ports, repository);
  await readAhead(ports, repository, names);
  const all = await readModelHistories(ports, repository, names);
  const present = await ports.git.tags();
  for (const [model, { history }] of all) {
    const newer = liveFormatError(repository, model, history);
    if (newer !== null) ports.out.notice(`${newer.message} ${newer.hint}`);
    const policy = await attempt(() => readPolicy(ports, repository, model));
    models.set(model, { history, policy });
    const gto = !(policy instanceof RefitError) && policy.tags === "gto";
    tags.push(...(await ensureTags(ports, repository, { model, history }, { gto, dryRun, present })));
  }
  if (dryRun) return { tags, failures: [] };
  const promoted = await reconcile(ports, repository, models, tags);
  await showOnDashboard(ports, repository, promoted);
  return promoted;
}

/**
 * Memory first, then what people wait for; tags and what stands on them may be refused by a rule. What fails for one
 * model is not in the way of the others.
 *
 * @returns what failed, and the tags with the versions that a rollback brought back.
 */
async function reconcile(
  ports: ReconcilePorts,
  repository: Repository,
  models: ReadonlyMap<string, Model>,
  results: readonly TagResult[],
): Promise<Promoted> {
  const histories = new Map([...models].map(([model, { history }]) => [model, history]));
  const { ledgers, fresh } = await rememberRollbacks(ports, repository, histories);
  const branches = await ports.git.ownBranches(repository);
  for (const [model, { history }] of models) {
    await settleAlert(ports, repository, { model, history }, ledgers.get(model) ?? []);
    await closeObsolete(ports, repository, model, branches);
  }
  await closeObsoleteGroups(ports, repository, branches, [...models.keys()]);
  await closeOrphans(ports, repository, branches, [...models.keys()]);
  const pushed = await pushTags(ports, repository, results);
  const again = [...fresh].flatMap((model) => liveAgain(model, histories.get(model)!));
  const failures: RefitError[] = [];
  for (const [model, { history, policy }] of models) {
    const failure =
      policy instanceof RefitError
        ? policy
        : await attempt(() => publishLive(ports, repository, { model, history }, policy));
    if (failure instanceof RefitError) failures.push(failure);
  }
  return { tags: [...pushed, ...again], failures };
}

async function attempt<T>(work: () => Promise<T>): Promise<T | RefitError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefitError) return error;
    throw error;
  }
}
