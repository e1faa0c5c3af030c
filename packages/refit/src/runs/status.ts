import { DAY, type DueNext, type Outlook, type ShownProposal } from "@refit/core/decide";
import { RefitError } from "@refit/core/errors";
import { championFolder, proposalBranch } from "@refit/core/history";
import { day, type Learned } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { type ModelOutlook, outlookOf } from "./outlook-of.ts";
import { liveFormatError } from "../versions/live-format.ts";
import { readModelHistories } from "../versions/model-history.ts";
import { readLineage } from "../versions/read-lineage.ts";
import { readAhead } from "../versions/read-ahead.ts";
import { listModels } from "../versions/models.ts";
import type { ProposalState } from "../ports/forge.ts";

type StatusPorts = Pick<Ports, "ancestry" | "clock" | "git" | "files" | "forge" | "learners" | "out" | "sources">;

export interface ModelStatus {
  readonly model: string;
  readonly state: string;
  /** `v3`; `null`: none is live. */
  readonly version: string | null;
  /** Day on which it went live, such as `2026-06-01`. */
  readonly since: string | null;
  /** Day of the newest row that the live version has learned from; `null`: it has no `time`, or none is live. */
  readonly learnedUntil: string | null;
  /** Age of that row in days; `null`: the same. */
  readonly learnedDaysAgo: number | null;
  /** Whether the live version was trained elsewhere, so that `learnedUntil` is what a person has declared. */
  readonly declared: boolean;
  /** Of the live version on rows since it was judged, where a run measured it (`retrain.performanceMargin`); else `null`. */
  readonly performance: Outlook["performance"];
  /** Runs in a row that were blocked, and the day of the first; `null`: the last one was not. */
  readonly blocked: { readonly runs: number; readonly since: string } | null;
  /** What starts the next retrain, and what it waits for; times are epoch milliseconds. `null`: its settings or data cannot be listed. */
  readonly next: DueNext | null;
  /** Where the newest proposal is that was not merged; `null`: there is none, or nobody could be asked. */
  readonly proposal: string | null;
  /**
   * - `open`: it waits for people
   * - `under-review`: approved, or with a commit that refit did not make
   * - `unfinished`: not published, or its run was cut short; the next run shows it
   * - `declined`: a person closed it
   */
  readonly proposalState: "open" | "under-review" | "unfinished" | "declined" | null;
  /** The forge that was asked, such as `github`; `null`: only this clone was. */
  readonly asked: string | null;
}

/** Every model on the base branch: what is live, and what waits for review. */
export async function modelStatuses(ports: StatusPorts, repository: Repository): Promise<readonly ModelStatus[]> {
  const ask = askingForge(ports, repository);
  const now = ports.clock.now();
  const statuses: ModelStatus[] = [];
  const models = await listModels(ports, repository);
  await readAhead(ports, repository, models);
  for (const [model, known] of await readModelHistories(ports, repository, models)) {
    const { history, learned } = known;
    const { champion, state } = history;
    const answer = await ask(model);
    const newer = liveFormatError(repository, model, history);
    if (newer !== null) ports.out.notice(`${newer.message} ${newer.hint}`);
    statuses.push({
      model,
      state,
      version: champion && `v${champion.number}`,
      since: champion && day(history.events.at(-1)!.commit.committedAt),
      ...shown(await outlookOf(ports, repository, [model, history], await shownTo(ports, repository, answer))),
      ...answered(answer),
      ...learnedThen(champion === null ? undefined : learned.get(champion.treeId), now),
    });
  }
  return statuses;
}

function learnedThen(
  { until, isDeclared }: Learned = { until: null, isDeclared: false },
  now: number,
): Pick<ModelStatus, "learnedUntil" | "learnedDaysAgo" | "declared"> {
  const learnedUntil = until?.slice(0, 10) ?? null;
  const learnedDaysAgo = learnedUntil === null ? null : Math.floor((now - Date.parse(learnedUntil)) / DAY);
  return { learnedUntil, learnedDaysAgo, declared: isDeclared };
}

function shown({ performance, blocked, next }: ModelOutlook): Pick<ModelStatus, "performance" | "blocked" | "next"> {
  return { performance, blocked: blocked && { runs: blocked.runs, since: day(blocked.since) }, next };
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
  const lineage = await readLineage(
    ports,
    repository,
    `${proposal.head}:${championFolder(model, repository)}/lineage.json`,
  ).catch(ofRefit);
  if (lineage === null && proposal.complete) return undefined;
  return { inputDigest: lineage?.inputDigest ?? null, complete: proposal.complete };
}

/** One of a newer refit: what is in it cannot be told. */
function ofRefit(error: unknown): null {
  if (error instanceof RefitError) return null;
  throw error;
}

/** Asks the forge about one model after the other, until it cannot be asked: what is live is known without it. */
function askingForge({ forge, out }: Pick<Ports, "forge" | "out">, repository: Repository) {
  const asked = forge.name === "local" ? null : forge.name;
  let failed = false;
  return async (model: string): Promise<Answer> => {
    const unknown = { proposal: undefined, model, asked: null };
    if (failed) return unknown;
    try {
      const proposal = await forge.proposal(repository, proposalBranch(model));
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
