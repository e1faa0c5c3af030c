import { attentionTo, DAY, type ShownProposal } from "@refit/core/decide";
import { ModelUnknownError, RefitError } from "@refit/core/errors";
import { groupBranch, type Lineage, proposalBranch } from "@refit/core/history";
import { day, type Learned, type MetricOfLive, type ModelStatus } from "@refit/core/report";
import { keepListings } from "../data/kept-listings.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { type ModelOutlook, outlookOf } from "./outlook-of.ts";
import { canaryStatus } from "../versions/live-canary.ts";
import { liveFormatError } from "../versions/live-format.ts";
import { type KnownHistory, readModelHistories } from "../versions/model-history.ts";
import { readSpecs } from "../rooms/read.ts";
import { type ModelSpecs, type Unready, unreadyAmong } from "./unready.ts";
import { nullIfForeseen } from "./or-failed.ts";
import { groupOf } from "./proposal-groups.ts";
import { proposedFolder } from "../versions/proposed-folder.ts";
import { readLineage } from "../versions/read-lineage.ts";
import { readAhead } from "../versions/read-ahead.ts";
import { listModels } from "../versions/models.ts";
import type { ProposalState } from "../ports/forge.ts";

type StatusPorts = Pick<Ports, "ancestry" | "clock" | "git" | "files" | "forge" | "learners" | "out" | "sources">;

/** The models, by default all on the base branch: what is live, how it is doing, what is due next, and what needs a person. Reads no data. */
export async function modelStatuses(
  given: StatusPorts,
  repository: Repository,
  wanted: readonly string[] = [],
): Promise<readonly ModelStatus[]> {
  const ports = { ...given, sources: keepListings(given).sources };
  const all = await listModels(ports, repository);
  const unknown = wanted.find((model) => !all.includes(model));
  if (unknown !== undefined) throw new ModelUnknownError(unknown, all, { ...repository, tree: "on the base branch" });
  const models = wanted.length === 0 ? all : wanted;
  await readAhead(ports, repository, models);
  const found: HeardModel[] = [];
  const ask = askingForge(ports, repository);
  for (const [model, known] of await readModelHistories(ports, repository, models)) {
    const { history } = known;
    const group = await groupOf(ports, repository, model);
    const answer = await ask(model, group);
    const newer = liveFormatError(repository, model, history);
    if (newer !== null) ports.out.notice(`${newer.message} ${newer.hint}`);
    const seen = await shownTo(ports, repository, answer);
    found.push({
      model,
      group,
      known,
      answer,
      seen,
      outlook: await outlookOf(ports, repository, [model, history], seen),
    });
  }
  const specs = found.flatMap((each) => each.outlook.specs ?? []);
  const others = all.filter((model) => !models.includes(model));
  const shared = {
    now: ports.clock.now(),
    fetchedAt: await ports.git.fetchedAt(repository),
    unready: await unreadyOf(ports, repository, specs, others),
  };
  const statuses: ModelStatus[] = [];
  for (const each of found) statuses.push(await statusOf(ports, repository, each, shared));
  return statuses;
}

/** A file that none of these reads may be one that another model reads: only then the others are read as well. */
async function unreadyOf(
  ports: StatusPorts,
  repository: Repository,
  specs: readonly ModelSpecs[],
  others: readonly string[],
): Promise<Unready> {
  const unready = await unreadyAmong(ports, repository, specs);
  if (others.length === 0 || specs.every((each) => unready.unmatched(each) === null)) return unready;
  const read = others.map((model) => readSpecs(ports, repository, model, { workTree: false }).catch(nullIfForeseen));
  return unreadyAmong(ports, repository, [...specs, ...(await Promise.all(read)).filter((each) => each !== null)]);
}

interface HeardModel {
  readonly model: string;
  readonly group: string | null;
  readonly known: KnownHistory;
  readonly answer: Answer;
  readonly seen: ShownProposal | null | undefined;
  readonly outlook: ModelOutlook;
}

/** What is asked once for all models. */
interface SharedFacts {
  readonly now: number;
  readonly fetchedAt: number | null;
  readonly unready: Unready;
}

async function statusOf(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  { model, group, known, answer, seen, outlook }: HeardModel,
  { now, fetchedAt, unready }: SharedFacts,
): Promise<ModelStatus> {
  const { history, learned, metrics } = known;
  const { champion, state } = history;
  const { specs, unreadable } = outlook;
  const running = outlook.canaries.running;
  const canary = running && canaryStatus(running);
  const lineage =
    champion && (await readLineage(ports, repository, `${champion.treeId}:lineage.json`).catch(nullIfForeseen));
  const learnedOf = champion === null ? undefined : learned.get(champion.treeId);
  const proposed = answered(answer);
  const { proposalState } = proposed;
  const waits = proposalState === null || proposalState === "declined" ? null : proposalState;
  return {
    model,
    group,
    state,
    version: champion && `v${champion.number}`,
    since: champion && day(history.events.at(-1)!.commit.committedAt),
    ...learnedThen(learnedOf, now),
    ...newestThen(outlook, learnedOf, now),
    metric:
      champion && specs && metricOfLive(specs.spec.metrics.primary, metrics.get(champion.treeId), lineage, outlook),
    next: outlook.next,
    ...proposed,
    canary,
    attention: attentionTo({
      now,
      state,
      champion: champion && champion.treeId,
      ledger: outlook.ledger,
      unreadable: unreadable && { message: unreadable.message, hint: unreadable.hint },
      missingLearners: specs === null ? [] : await unready.missingLearners(specs),
      unmatched: specs && unready.unmatched(specs),
      proposal: waits && { state: waits, inputDigest: seen?.inputDigest ?? null },
      canary,
      fetchedAt,
    }),
  };
}

function metricOfLive(
  name: string,
  metrics: Readonly<Record<string, number>> | undefined,
  lineage: Lineage | null,
  { live }: ModelOutlook,
): MetricOfLive {
  const { rows, from, to } = lineage?.holdout ?? {};
  const judgedOn = rows === undefined ? null : { rows, from: from ?? null, to: to ?? null };
  return { name, judged: metrics?.[name] ?? null, judgedOn, since: live };
}

function newestThen(
  { newestRow }: ModelOutlook,
  learned: Learned | undefined,
  now: number,
): Pick<ModelStatus, "newestRow" | "newestRowDaysAgo"> {
  const until = learned?.until ? Date.parse(learned.until) : -Infinity;
  const newest = Math.max(newestRow ?? -Infinity, until);
  if (newest === -Infinity) return { newestRow: null, newestRowDaysAgo: null };
  return { newestRow: day(newest), newestRowDaysAgo: Math.max(0, Math.floor((now - newest) / DAY)) };
}

function learnedThen(
  { until, isDeclared }: Learned = { until: null, isDeclared: false },
  now: number,
): Pick<ModelStatus, "learnedUntil" | "learnedDaysAgo" | "declared"> {
  const learnedUntil = until?.slice(0, 10) ?? null;
  const learnedDaysAgo = learnedUntil === null ? null : Math.floor((now - Date.parse(learnedUntil)) / DAY);
  return { learnedUntil, learnedDaysAgo, declared: isDeclared };
}

/** What the forge says of a model's proposal; `proposal: undefined`: nobody could be asked. */
interface Answer {
  readonly proposal: ProposalState | null | undefined;
  readonly model: string;
  readonly asked: string | null;
}

function answered({ proposal, asked }: Answer): Pick<ModelStatus, "proposal" | "proposalState" | "asked"> {
  return { proposal: proposal?.url ?? null, proposalState: proposal ? stateWord(proposal) : null, asked };
}

/** @returns `undefined`: what people see of it is not known here. */
async function shownTo(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  { proposal, model }: Answer,
): Promise<ShownProposal | null | undefined> {
  if (!proposal || proposal.declinedAt !== null) return proposal && null;
  const folder = await proposedFolder(ports, repository, model, proposal.head);
  const lineage = await readLineage(ports, repository, `${proposal.head}:${folder}/lineage.json`).catch(nullIfForeseen);
  if (lineage === null && proposal.complete) return undefined;
  return { inputDigest: lineage?.inputDigest ?? null, complete: proposal.complete };
}

/** Asks the forge about one model after the other, until it cannot be asked: what is live is known without it. */
function askingForge({ forge, out }: Pick<Ports, "forge" | "out">, repository: Repository) {
  const asked = forge.name === "local" ? null : forge.name;
  let failed = false;
  /** Models of a group share one. */
  const shared = new Map<string, ProposalState | null>();
  return async (model: string, group: string | null): Promise<Answer> => {
    const unknown = { proposal: undefined, model, asked: null };
    if (failed) return unknown;
    try {
      const branch = group === null ? proposalBranch(model) : groupBranch(group);
      const known = shared.get(branch);
      const proposal = known === undefined ? await forge.proposal(repository, branch) : known;
      if (group !== null) shared.set(branch, proposal);
      return { proposal, model, asked };
    } catch (error) {
      if (!(error instanceof RefitError) || asked === null) throw error;
      failed = true;
      out.notice(`The forge could not be asked about proposals: ${error.message} ${error.hint}`);
      return unknown;
    }
  };
}

function stateWord({ declinedAt, heldByPerson, complete }: ProposalState): NonNullable<ModelStatus["proposalState"]> {
  if (declinedAt !== null) return "declined";
  if (heldByPerson) return "under-review";
  return complete ? "open" : "unfinished";
}
