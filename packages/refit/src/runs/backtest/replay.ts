import path from "node:path";
import type { BacktestNight, LineNight } from "@refit/core/backtest";
import { parseFeatureSpec, parseLineage } from "@refit/core/history";
import type { Ports } from "../../ports/index.ts";
import { readArtifact, readChampionFile } from "../../versions/version-folder.ts";
import { arrivedSources, dataUntil } from "./arrived-files.ts";
import { chosenPolicy } from "./choice.ts";
import { readJournal, writeJournal } from "./journal.ts";
import type { Plan } from "./plan.ts";
import { openReplay, type PolicyReplay } from "./replay-policy.ts";
import { contextOf, scheduledModels, scheduledNight, trainUnjudged, type ScheduledModels } from "./scheduled-models.ts";
import { scoreWindow, type Answering } from "./score-window.ts";
import type { SharedTables } from "./shared-tables.ts";

/** What all replays of a command work with. */
export interface ReplayWorld {
  readonly ports: Ports;
  /** The same with what is shared by all policies. */
  readonly shared: Ports;
  readonly tables: SharedTables;
  readonly scratch: string;
  /** Whether the budget is spent. */
  readonly isOver: () => boolean;
}

export interface Replayed {
  /** Fewer than planned where the budget ended first. */
  readonly nights: readonly BacktestNight[];
  /** Id of the policy that was chosen; `null`: not all of the nights of the choice are done, or none was measured. */
  readonly chosen: string | null;
}

/** Goes on where an earlier process had come, and keeps each night when it is done. @param stage what a person is told. */
export async function replay(world: ReplayWorld, plan: Plan, stage: string): Promise<Replayed> {
  const { ports, tables, isOver } = world;
  const journal = await readJournal(ports.files, plan.folder);
  const replays: PolicyReplay[] = [];
  const last = journal.at(-1);
  for (const policy of plan.policies)
    replays.push(
      await openReplay(ports, plan, { policy, wanted: last === undefined ? null : last.refs[policy.line.id]! }),
    );

  const nights = journal.map(({ night }) => night);
  const models = scheduledModels(ports.files, plan);
  let chosen: string | null = null;
  let kept: readonly PolicyReplay[] = replays;
  const choose = () => {
    chosen = chosenPolicy(plan, nights.slice(0, plan.chosenOn));
    // Only what was chosen goes on, and today's policy beside it.
    kept = replays.filter(({ policy }, i) => i === 0 || policy.line.id === chosen);
  };
  if (nights.length >= plan.chosenOn) choose();
  for (let index = nights.length; index < plan.nights.length; index++) {
    if (isOver()) break;
    ports.out.progress(stage, index / plan.nights.length);
    nights.push(await liveThrough(world, plan, { index, replays: kept, models }));
    const refs = await Promise.all(replays.map(async (each) => [each.policy.line.id, await each.refs()] as const));
    await writeJournal(ports.files, plan.folder, index, { night: nights.at(-1)!, refs: Object.fromEntries(refs) });
    await tables.closeOld();
    if (nights.length === plan.chosenOn) choose();
  }
  return { nights, chosen };
}

interface Night {
  readonly index: number;
  readonly replays: readonly PolicyReplay[];
  readonly models: ScheduledModels;
}

/** One night: the runs of all policies, the model of the schedules, and how everybody answered until the next night. */
async function liveThrough({ shared, scratch }: ReplayWorld, plan: Plan, night: Night): Promise<BacktestNight> {
  const { index, replays, models } = night;
  const at = plan.nights[index]!;
  const until = plan.nights[index + 1] ?? plan.span.to;
  const place = { manifest: plan.manifest, folder: path.join(scratch, "arrived") };
  const data = await dataUntil(shared, plan.history, place, { rows: at - plan.delay, tables: at });
  const clock = { ...shared.clock, now: () => at };
  const known = { ...shared, clock, sources: arrivedSources(shared.sources.schemes, data) };

  const ended = new Map<string, Omit<LineNight, "metrics">>();
  const answering = new Map<string, Answering>();
  for (const each of replays) {
    const { id } = each.policy.line;
    const run = await each.night(known);
    ended.set(id, run);
    const live = run.version === null ? null : await liveModel(each, run.version);
    if (live !== null) answering.set(id, live);
  }
  const others = plan.lines.filter(({ kind }) => kind !== "policy");
  if (others.length > 0) await models.keep(index, await trainUnjudged(known, plan, data));
  for (const line of others) {
    const model = await models.of(line, index);
    if (model !== null) answering.set(line.id, model);
  }
  // What became of a row may show in further tables long after it, and is its label.
  const after = await dataUntil(shared, plan.history, place, { rows: until, tables: Infinity });
  const scores = await scoreWindow(known, contextOf(plan), after, {
    window: { after: at, until, delay: plan.delay },
    models: new Set(answering.values()),
  });
  const lines = plan.lines.flatMap((line): (readonly [string, LineNight])[] => {
    const model = line.kind === "no-change" ? "no-change" : answering.get(line.id);
    const metrics = (model !== undefined && scores.metrics.get(model)) || null;
    if (line.kind !== "policy") return [[line.id, { ...scheduledNight(line, index, plan), metrics }]];
    const run = ended.get(line.id);
    return run === undefined ? [] : [[line.id, { ...run, metrics }]];
  });
  return { at: iso(at), until: iso(until), rows: scores.rows, lines: Object.fromEntries(lines) };
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
