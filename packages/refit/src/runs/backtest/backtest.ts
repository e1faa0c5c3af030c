import { specPath } from "@refit/core/history";
import path from "node:path";
import type { BacktestResult, CoarseResult } from "@refit/core/backtest";
import { backtestReport, type Report } from "@refit/core/report";
import type { ModelSpec } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import { keptFits, type FitCounts } from "./kept-fits.ts";
import { writePage } from "./page.ts";
import {
  askedPolicies,
  planReplay,
  readPast,
  referenceLines,
  spanOf,
  type BacktestRequest,
  type ReplayedPolicy,
} from "./plan.ts";
import { proposePolicy, type PolicyProposal } from "./propose-policy.ts";
import { replay, type ReplayWorld } from "./replay.ts";
import { resultOf } from "./result.ts";
import { coarseResult, finePolicies, planCoarse, type CoarsePass } from "./search.ts";
import { sharedTables } from "./shared-tables.ts";

/** What a replay took. Other bytes each time, so it is kept apart from the result. */
export interface BacktestCost extends FitCounts {
  readonly cpuMinutes: number;
  readonly minutes: number;
}

export interface Backtest {
  readonly result: BacktestResult;
  /** The same for people. */
  readonly report: Report;
  readonly cost: BacktestCost;
  /** Where the report is, with its picture and the result as JSON beside it; `null`: nothing was replayed. */
  readonly page: string | null;
  /** `null`: nobody asked for one. */
  readonly proposal: PolicyProposal | null;
}

/**
 * Lives through the history of a model again, night by night: the rooms of a run with the clock as argument, for each policy in a
 * repository of its own, in which whatever says `promote` is merged. Rows are there when their time has come, never before.
 *
 * @throws UsageError, BacktestTimeError, BacktestPolicyError, BacktestSpanError, BranchHeldError
 */
export async function backtest(ports: Ports, request: BacktestRequest): Promise<Backtest> {
  const started = { elapsed: ports.clock.elapsed(), cpu: ports.clock.cpu() };
  const minutes = () => (ports.clock.elapsed() - started.elapsed) / 60_000;
  const past = await readPast(ports, request);
  const span = spanOf(past, request);
  const asked = await askedPolicies(ports, past, request.policies);
  const coarse = request.search ? planCoarse(ports, past, span) : null;

  const counts: FitCounts = { asked: 0, made: 0 };
  const policies = [...asked, ...(coarse?.plan.policies ?? [])];
  const given = {
    folder: path.join(past.home, "fits"),
    answers: policies.every(({ spec: { budget } }) => !asksForTimes(budget)),
  };
  const isOver = () => request.budgetMinutes !== null && minutes() >= request.budgetMinutes;
  return withWorld(ports, { commonDir: past.repository.commonDir, given, counts, isOver }, async (world) => {
    const search = coarse && (await searchCoarsely(world, coarse, asked));
    const compared = { policies: [...asked, ...(search?.policies ?? [])], references: referenceLines(span) };
    const plan = planReplay(past, span, { ...compared, keepsBack: true });
    const isSearched = search === null || search.isDone;
    const replayed = isSearched ? await replay(world, plan, "Replaying") : { nights: [], chosen: null };
    const result = resultOf(plan, request, { ...replayed, search: search?.result ?? null });
    const cost = { ...counts, cpuMinutes: (ports.clock.cpu() - started.cpu) / 60, minutes: minutes() };
    const told = backtestReport(result, specPath(past.model, past.repository));
    const isEmpty = replayed.nights.length === 0;
    const page = isEmpty ? null : await writePage(ports.files, plan.folder, result, told);
    const policy = plan.policies.find(({ line }) => line.id === replayed.chosen) ?? null;
    const proposal = request.propose ? await proposePolicy(ports, { past, result, told, policy }) : null;
    return { result, report: told.report, cost, page, proposal };
  });
}

function asksForTimes({ maxLatencyRatio, maxP95MsPer1000Rows }: ModelSpec["budget"]): boolean {
  return maxLatencyRatio !== undefined || maxP95MsPer1000Rows !== undefined;
}

interface Searched {
  readonly result: CoarseResult;
  readonly isDone: boolean;
  /** What to replay on all nights. */
  readonly policies: readonly ReplayedPolicy[];
}

async function searchCoarsely(
  world: ReplayWorld,
  coarse: CoarsePass,
  asked: readonly ReplayedPolicy[],
): Promise<Searched> {
  const { nights } = await replay(world, coarse.plan, "Searching");
  const result = coarseResult(coarse, nights);
  const isDone = nights.length === coarse.plan.nights.length;
  return { result, isDone, policies: isDone ? finePolicies(world.ports, coarse, result, asked) : [] };
}

interface Sharing {
  readonly commonDir: string;
  readonly given: Parameters<typeof keptFits>[2];
  readonly counts: FitCounts;
  readonly isOver: () => boolean;
}

/** Opens what policies share, and closes it whatever happens. */
async function withWorld<T>(
  ports: Ports,
  { commonDir, given, counts, isOver }: Sharing,
  use: (world: ReplayWorld) => Promise<T>,
): Promise<T> {
  const scratch = await ports.scratch.open(commonDir);
  const tables = sharedTables(ports.tables, scratch.path);
  const learners = keptFits(ports.learners, ports.files, given, counts);
  try {
    return await use({
      ports,
      shared: { ...ports, tables, learners, out: silent },
      tables,
      scratch: scratch.path,
      isOver,
    });
  } finally {
    await tables.closeAll();
    await scratch.remove();
  }
}

/** Nobody is there at night to be told anything. */
const silent: Ports["out"] = { print: () => {}, notice: () => {}, progress: () => {} };
