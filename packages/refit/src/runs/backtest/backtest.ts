import path from "node:path";
import {
  choosePolicy,
  sharedSteps,
  summariseLine,
  type BacktestStep,
  type Line,
  type LineStep,
} from "@refit/core/backtest";
import { parseFeatureSpec, parseLineage } from "@refit/core/history";
import { metricOf } from "@refit/core/judge";
import { day } from "@refit/core/report";
import type { ModelSpec } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import { readArtifact, readChampionFile } from "../../versions/version-folder.ts";
import { arrivedSources, dataUntil } from "./arrived-files.ts";
import { readJournal, writeJournal } from "./journal.ts";
import { keptFits, type FitCounts } from "./kept-fits.ts";
import { contextOf, plainModels, trainPlain } from "./plain-model.ts";
import { planBacktest, type BacktestRequest, type Plan } from "./plan.ts";
import { openReplay, type PolicyReplay } from "./replay-policy.ts";
import { resultOf, type BacktestResult } from "./result.ts";
import { writePage } from "./page.ts";
import { scoreWindow, type Answering } from "./score-window.ts";
import { sharedTables, type SharedTables } from "./shared-tables.ts";

/** What a replay took. Other bytes each time, so it is kept apart from the result. */
export interface BacktestCost extends FitCounts {
  readonly cpuMinutes: number;
  readonly minutes: number;
}

export interface Backtest {
  readonly result: BacktestResult;
  readonly cost: BacktestCost;
  /** The same for people, with a chart and the result as JSON beside it; `null`: nothing was replayed. */
  readonly page: string | null;
}

/**
 * Lives through the history of a model again, night by night: the rooms of a run with the clock as argument, for each policy in a
 * repository of its own, in which whatever says `promote` is merged. Rows are there when their time has come, never before.
 */
export async function backtest(ports: Ports, request: BacktestRequest): Promise<Backtest> {
  const started = { elapsed: ports.clock.elapsed(), cpu: ports.clock.cpu() };
  const plan = await planBacktest(ports, request);
  const counts: FitCounts = { asked: 0, made: 0 };
  const scratch = await ports.scratch.open(plan.repository.commonDir);
  const tables = sharedTables(ports.tables, scratch.path);
  const answers = plan.policies.every(({ spec: { budget } }) => !asksForTimes(budget));
  const learners = keptFits(ports.learners, ports.files, { folder: plan.fitsFolder, answers }, counts);
  const world = { ...ports, tables, learners, out: silent };
  try {
    const steps = await replay({ ports, world, plan, tables, scratch: scratch.path }, () => {
      const minutes = (ports.clock.elapsed() - started.elapsed) / 60_000;
      return request.budgetMinutes !== null && minutes >= request.budgetMinutes;
    });
    const cost = {
      ...counts,
      cpuMinutes: (ports.clock.cpu() - started.cpu) / 60,
      minutes: (ports.clock.elapsed() - started.elapsed) / 60_000,
    };
    const result = resultOf(plan, request, steps);
    return { result, cost, page: steps.length === 0 ? null : await writePage(ports.files, plan.folder, result) };
  } finally {
    await tables.closeAll();
    await scratch.remove();
  }
}

function asksForTimes({ maxLatencyRatio, maxP95MsPer1000Rows }: ModelSpec["budget"]): boolean {
  return maxLatencyRatio !== undefined || maxP95MsPer1000Rows !== undefined;
}

/** Nobody is there at night to be told anything. */
const silent: Ports["out"] = { print: () => {}, notice: () => {}, progress: () => {} };

interface Replay {
  readonly ports: Ports;
  /** The same with what is shared by all policies. */
  readonly world: Ports;
  readonly plan: Plan;
  readonly tables: SharedTables;
  readonly scratch: string;
}

async function replay(given: Replay, isOver: () => boolean): Promise<readonly BacktestStep[]> {
  const { ports, plan, tables } = given;
  const journal = await readJournal(ports.files, plan.folder);
  const replays = [];
  for (const policy of plan.policies) replays.push(await openReplay(ports, plan, policy));
  const last = journal.at(-1);
  if (last !== undefined) for (const each of replays) await each.restore(last.refs[each.policy.line.id]!);

  const steps = journal.map(({ step }) => step);
  const models = plainModels(ports.files, plan);
  for (let index = steps.length; index < plan.steps.length; index++) {
    if (isOver()) break;
    const at = plan.steps[index]!;
    ports.out.progress(`Replaying ${day(at)}`, index / plan.steps.length);
    const kept = keptReplays(plan, replays, steps);
    steps.push(await liveThrough(given, { index, replays: kept, models }));
    const refs = await Promise.all(replays.map(async (each) => [each.policy.line.id, await each.refs()] as const));
    await writeJournal(ports.files, plan.folder, index, { step: steps.at(-1)!, refs: Object.fromEntries(refs) });
    await tables.closeOld();
  }
  return steps;
}

/** Once the choice is made, only what was chosen goes on, and today's policy beside it. */
function keptReplays(
  plan: Plan,
  replays: readonly PolicyReplay[],
  steps: readonly BacktestStep[],
): readonly PolicyReplay[] {
  if (steps.length < plan.chosenOn) return replays;
  const { metrics } = plan.spec;
  const primary = metricOf(metrics.primary, metrics);
  const looked = steps.slice(0, plan.chosenOn);
  const shared = sharedSteps(looked, plan.lines, primary.name);
  const request = { steps: looked, shared, names: [primary.name], primary, seed: plan.spec.seed };
  const summaries = plan.lines.map((line) => summariseLine(line, [], request));
  const chosen = choosePolicy(summaries, primary)?.id;
  return replays.filter(({ policy }, i) => i === 0 || policy.line.id === chosen);
}

interface Night {
  readonly index: number;
  readonly replays: readonly PolicyReplay[];
  readonly models: ReturnType<typeof plainModels>;
}

/** One step: the nights of all policies, the model of the schedules, and how everybody answered until the next step. */
async function liveThrough({ world, plan, scratch }: Replay, night: Night): Promise<BacktestStep> {
  const { index, replays, models } = night;
  const at = plan.steps[index]!;
  const until = plan.steps[index + 1] ?? plan.span.to;
  const place = { manifest: plan.manifest, folder: path.join(scratch, "arrived") };
  const data = await dataUntil(world, plan.history, place, at - plan.delay);
  const clock = { ...world.clock, now: () => at };
  const known = { ...world, clock, sources: arrivedSources(world.sources.schemes, data) };

  const nights = new Map<string, Omit<LineStep, "metrics">>();
  const answering = new Map<string, Answering>();
  for (const each of replays) {
    const { id } = each.policy.line;
    const ended = await each.night(known);
    nights.set(id, ended);
    const live = ended.version === null ? null : await liveModel(each, ended.version);
    if (live !== null) answering.set(id, live);
  }
  await models.keep(index, await trainPlain(known, plan, data));
  for (const line of plan.lines) {
    const model = await scheduledModel(line, index, { plan, models });
    if (model !== null) answering.set(line.id, model);
  }
  const after = await dataUntil(world, plan.history, place, until);
  const scores = await scoreWindow(known, contextOf(plan), after, {
    window: { after: at, until, delay: plan.delay },
    models: new Set(answering.values()),
  });
  const lines = plan.lines.flatMap((line): (readonly [string, LineStep])[] => {
    const model = line.kind === "no-change" ? "no-change" : answering.get(line.id);
    const metrics = (model !== undefined && scores.metrics.get(model)) || null;
    if (line.kind !== "policy") return [[line.id, { ...scheduled(line, index, plan), metrics }]];
    const ended = nights.get(line.id);
    return ended === undefined ? [] : [[line.id, { ...ended, metrics }]];
  });
  return { at: iso(at), until: iso(until), rows: scores.rows, lines: Object.fromEntries(lines) };
}

/** Steps between the models of a schedule; `null`: it has one model, or none. */
function stride({ everyDays }: Line, { span }: Plan): number | null {
  return everyDays === null ? null : Math.round(everyDays / span.everyDays);
}

/** The model that a schedule has at a step: the newest that could be trained. */
async function scheduledModel(
  line: Line,
  index: number,
  { plan, models }: Pick<Replay, "plan"> & Pick<Night, "models">,
): Promise<Answering | null> {
  if (line.kind === "never") {
    for (let step = 0; step <= index; step++) {
      const first = await models.of(step);
      if (first !== null) return first;
    }
    return null;
  }
  const every = stride(line, plan);
  if (every === null) return null;
  for (let step = index - (index % every); step >= 0; step -= every) {
    const newest = await models.of(step);
    if (newest !== null) return newest;
  }
  return null;
}

function scheduled(line: Line, index: number, plan: Plan): Omit<LineStep, "metrics"> {
  const every = stride(line, plan);
  const trains = every === null ? line.kind === "never" && index === 0 : index % every === 0;
  return { decision: null, because: [], retrained: trains, promoted: trains, version: null };
}

/** On most nights the version of the night before is live. */
async function liveModel(each: PolicyReplay, treeId: string): Promise<Answering | null> {
  if (each.live?.treeId !== treeId) each.live = { treeId, model: await readVersion(each, treeId) };
  return each.live.model;
}

async function readVersion({ replica }: PolicyReplay, treeId: string): Promise<Answering | null> {
  const [features, lineage] = await Promise.all(
    ["features.json", "lineage.json"].map((file) => readChampionFile(replica, { treeId }, file)),
  );
  if (typeof features !== "string" || typeof lineage !== "string") return null;
  const repository = await replica.git.locate();
  return {
    learner: parseLineage(lineage).learner.name,
    featureSpec: parseFeatureSpec(features),
    artifact: await readArtifact(replica, repository, { treeId }),
  };
}

const iso = (at: number) => new Date(at).toISOString();
