import { type Fate, fateOf, ledgerBranch, type ModelHistory, pastEvents, type PastEvent } from "@refit/core/history";
import { parseReport, type Report } from "@refit/core/report";
import { reportPage, reportValue, runName, type ReportedRun } from "../ledger/kept-report.ts";
import { readLedgers } from "../ledger/ledger.ts";
import type { KeptReport } from "../ports/kept-report.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { decodeText } from "../text.ts";
import { readAhead } from "../versions/read-ahead.ts";
import { readModelHistories } from "../versions/model-history.ts";

export type PastPorts = Pick<Ports, "ancestry" | "files" | "forge" | "git">;

/** An event of a model, and the report of its run as the ledger has it. */
export interface ToldEvent {
  readonly model: string;
  readonly event: PastEvent;
  /** By which `refit report` finds it; `null`: it left no report. */
  readonly run: string | null;
  readonly kept: KeptReport | null;
  /** `null`: there was no run, or its report is not kept here. */
  readonly report: Report | null;
}

export interface ToldPast {
  /** Newest first. */
  readonly events: readonly ToldEvent[];
  /** Older ones, which were not asked for. */
  readonly more: number;
  /** There is no ledger here. */
  readonly isLedgerMissing: boolean;
}

/** An event before its report is read. */
export interface FoundEvent {
  readonly model: string;
  readonly event: PastEvent;
  /** Of the ledger; `null`: missing. */
  readonly ledgerCommit: string | null;
}

interface FoundPast {
  readonly found: readonly FoundEvent[];
  readonly histories: ReadonlyMap<string, { readonly history: ModelHistory }>;
  readonly isLedgerMissing: boolean;
}

/** Everything that happened to models, newest first, from one log and the ledger: without the reports. */
export async function findPast(
  ports: PastPorts,
  repository: Repository,
  models: readonly string[],
): Promise<FoundPast> {
  await readAhead(ports, repository, models, []);
  const histories = await readModelHistories(ports, repository, models);
  const ledgers = await readLedgers(ports, repository, models);
  const found = models.flatMap((model) => {
    const { rows, commit } = ledgers.get(model)!;
    return pastEvents(histories.get(model)!.history, rows).map((event) => ({ model, event, ledgerCommit: commit }));
  });
  return {
    found: found.sort((a, b) => b.event.at - a.event.at),
    histories,
    isLedgerMissing: [...ledgers.values()].some(({ missing }) => missing),
  };
}

/** What happened to models, the newest events of all with their reports. */
export async function tellPast(
  ports: PastPorts,
  repository: Repository,
  models: readonly string[],
  limit: number,
): Promise<ToldPast> {
  const { found, isLedgerMissing } = await findPast(ports, repository, models);
  const shown = found.slice(0, limit);
  return { events: await withReports(ports, shown), more: found.length - shown.length, isLedgerMissing };
}

/** A run, and what became of its candidate. */
interface SettledRun extends ToldEvent {
  readonly fate: Fate;
}

/**
 * A run of a model, with its report.
 *
 * @param wanted `v3`: the run that led to this version; else its name; `null`: the last one that has a report. @returns `null`: the ledger has no such run.
 */
export async function findRun(
  ports: PastPorts,
  repository: Repository,
  model: string,
  wanted: string | null,
): Promise<SettledRun | null> {
  const { found, histories } = await findPast(ports, repository, [model]);
  const runs = found.filter((one) => isWanted(one, wanted));
  const [last] = await withReports(ports, runs.slice(0, 1));
  if (last === undefined) return null;
  const events = found.map(({ event }) => event);
  return { ...last, fate: fateOf(last.event, events, histories.get(model)!.history) };
}

function isWanted(found: FoundEvent, wanted: string | null): boolean {
  const run = reportedRun(found);
  if (run === null || wanted === null) return run !== null;
  const { kind, version } = found.event;
  const number = /^v(\d+)$/.exec(wanted)?.[1];
  if (number !== undefined) return kind === "promoted" && version === Number(number);
  return runName(run) === wanted;
}

/** All reports are read at once. */
export async function withReports({ git }: Pick<Ports, "git">, found: readonly FoundEvent[]): Promise<ToldEvent[]> {
  const runs = found.map((one) => ({ ...one, run: reportedRun(one) }));
  const wanted = runs.flatMap(({ run, ledgerCommit }) =>
    run === null || ledgerCommit === null ? [] : [`${ledgerCommit}:${reportValue(run)}`],
  );
  const contents = new Map((await git.read(wanted)).map((bytes, i) => [wanted[i]!, bytes]));
  return runs.map(({ model, event, run, ledgerCommit }) => {
    if (run === null || ledgerCommit === null) return { model, event, run: null, kept: null, report: null };
    const file = reportValue(run);
    const bytes = contents.get(`${ledgerCommit}:${file}`) ?? null;
    const report = bytes && parseReport(`${file} on the branch \`${ledgerBranch}\``, decodeText(bytes));
    return {
      model,
      event,
      run: report && runName(run),
      kept: report && { commit: ledgerCommit, path: reportPage(run) },
      report,
    };
  });
}

/** The run that left a report; `null`: none did. */
function reportedRun({ model, event }: FoundEvent): ReportedRun | null {
  const { inputDigest, parent, judged, attempt, kind } = event;
  if (inputDigest === null || (!judged && kind !== "blocked")) return null;
  return { model, inputDigest, parent, attempt: judged ? attempt : null };
}
