import path from "node:path";
import { UsageError } from "@refit/core/errors";
import type { DataLimits } from "@refit/core/spec";
import type { Clock } from "./ports/clock.ts";
import type { DemoStage } from "./ports/demo-stage.ts";
import type { Files } from "./ports/files.ts";
import type { Ports } from "./ports/index.ts";
import type { PredictionLogs } from "./ports/prediction-logs.ts";
import type { Replica, Replicas } from "./ports/replicas.ts";
import type { Resampling } from "./ports/resampling.ts";
import type { RowPreparers } from "./ports/row-preparers.ts";
import type { Sources } from "./ports/sources.ts";
import type { Surveys } from "./ports/surveys.ts";
import type { OpenRequest, Tables } from "./ports/tables.ts";
import type { Turns, Workers } from "./ports/workers.ts";
import { ancestryAdapter } from "./adapters/git/ancestry.ts";
import { arrivalsAdapter } from "./adapters/arrivals/index.ts";
import { branchesAdapter } from "./adapters/git/branches.ts";
import { fixedClock, systemClock } from "./adapters/clock.ts";
import { diskFiles } from "./adapters/disk/files.ts";
import { diskFolders } from "./adapters/disk/folders.ts";
import { diskWorkTree } from "./adapters/disk/work-tree.ts";
import { gitProcess, type GitProcess } from "./adapters/git/git-process.ts";
import { systemOpener } from "./adapters/opener.ts";
import { partOf } from "./adapters/machine.ts";
import { gitAdapter } from "./adapters/git/git.ts";
import { gitStarter, spareStarter, type GitStarter } from "./adapters/git/git-starter.ts";
import type { Environment, ForgeAdapter, Patience } from "./adapters/forges/forge-adapter.ts";
import { forgeFor, forgeServing, inPipeline, pagesOf, pipelinesOf } from "./adapters/forges/index.ts";
import { largeFiles } from "./adapters/git/lfs.ts";
import { notedBranches } from "./adapters/git/noted-branches.ts";
import { ownRepository } from "./adapters/git/own-repository.ts";
import { gitObstacles } from "./adapters/git/obstacles.ts";
import { publishing } from "./adapters/git/publication.ts";
import { repositoryState } from "./adapters/git/repository-state.ts";
import { nxGraphs } from "./adapters/nx-graph.ts";
import { treeChanges } from "./adapters/git/tree-changes.ts";
import { remoteRefs } from "./adapters/git/remote-refs.ts";
import { readRemotes, sharedRemote } from "./adapters/git/remotes.ts";
import { installedServer } from "./adapters/http-server.ts";
import { installedLearners } from "./adapters/learners/index.ts";
import type { WatchedRepository } from "./adapters/learners/command/watched-repository.ts";
import { diskScratch } from "./adapters/disk/scratch.ts";
import { noQuietRuns, quietRuns } from "./adapters/disk/quiet-runs.ts";
import { processStreams } from "./adapters/terminal/streams.ts";
import { announcing } from "./adapters/webhook/announcing-forge.ts";
import { webhookOf } from "./adapters/webhook/webhook.ts";
import { terminalOutput } from "./adapters/terminal/output.ts";
import { connectedForeman, noForeman } from "./adapters/workers/foreman.ts";
import { type CommandWords, processWorkers } from "./adapters/workers/process-workers.ts";
import { refMoves, type RefMoves } from "./adapters/workers/ref-moves.ts";
import { turnsInOrder } from "./adapters/workers/turns.ts";
import { contentCache } from "./adapters/sources/content-cache.ts";
import { locatingModels } from "./specs/read-layout.ts";
import { sourcesAdapter } from "./adapters/sources/index.ts";
import { namingSources } from "./adapters/sources/git/named/index.ts";

export interface World {
  readonly cwd: string;
  /** Name of the base branch; `null`: found. */
  readonly base: string | null;
  /** ISO 8601 time that stands for now; `null`: the clock of the machine. */
  readonly now: string | null;
  readonly json: boolean;
  /** A name in the registry of forges; left out: by the environment. */
  readonly forge?: string | null;
  /** Whether refs may be pushed and the forge be written to; left out: in a run of a forge's pipelines only. */
  readonly push?: boolean | null;
  /**
   * Which forge may be asked: the one that is named or detected (the default); the one that keeps the remote, too; none, since
   * nothing may leave this `clone`; or none, since a person said `offline`.
   */
  readonly reach?: Reach;
  /** Limits that count instead of the data manifest's. */
  readonly limits?: Partial<DataLimits>;
  /** How long to wait for the forge; tests have less patience. */
  readonly patience?: Patience;
  /** Starts every git in place of this process; left out: those of a backtest only, which are many. */
  readonly starter?: GitStarter;
  /** What workers are started with; left out: none can be. */
  readonly command?: CommandWords;
  /** Whether this process is a worker of another one, and says, asks and writes through that. */
  readonly isWorker?: boolean;
  /** Environment of the git commands; tokens and the rest of what a workflow run gives. */
  readonly env: Environment;
}

export type Reach = "named" | "remote" | "clone" | "offline";

/** Wires the real adapters, once. Heavy libraries load when they are first used. @throws UsageError */
export async function createPorts(world: World): Promise<Ports> {
  const { cwd, base, now, json, env, patience, starter = null } = world;
  const clock = now === null ? systemClock : fixedClock(instant(now));
  const terminal = terminalOutput(json);
  const asWorker = world.isWorker === true ? connectedForeman() : null;
  const { out, turns, foreman } = asWorker ?? { out: terminal.out, turns: turnsInOrder(), foreman: noForeman };
  const folder = path.resolve(cwd);
  const plain = gitProcess(folder, env, {}, { starter });
  const { forge, unasked } = await chooseForge(world, plain);
  const { credentials, author } = await forge.gitSettings(plain, env);
  const settled = { ...patience, config: plain.config, starter, spare: spareStarter() };
  const process = gitProcess(folder, { ...env, ...author }, credentials, settled);
  const { notice } = out;
  const publishes = world.push ?? inPipeline(env);
  const beside = asWorker === null ? {} : { beside: asWorker };
  const choice = { forge, env, notice, publishes, unasked, clock, ...beside, ...(patience && { patience }) };
  const ports = portsOver({ process, base, files: diskFiles }, choice);
  const asked = base !== null || env["GIT_DIR"] !== undefined || forge.onServer || unasked !== null;
  const quietly = { publishes, files: diskFiles, startedAt: systemClock.now() };
  const quiet = asked ? noQuietRuns : quietRuns(folder, quietly);
  const ofReplicas = { env, starter: starter ?? gitStarter() };
  const replicas: Replicas = { open: (...place) => openReplica(ofReplicas, ...place) };
  const limits = partsOf(world.limits);
  const bounded = {
    tables: limited(ports.tables, limits),
    surveys: limited(ports.surveys, limits),
    sources: bound(ports.sources, limits),
  };
  const ofWorkers = { env, turns, moves: refMoves() };
  const workers = world.command === undefined ? noWorkers : processWorkers({ ...ofWorkers, command: world.command });
  const demo = lazyDemo(world.command?.program, env);
  const several = { workers, foreman, turns, naming: terminal.naming, demo };
  const webhook = publishes ? webhookOf(env, { notice, ...(patience && { patience }) }) : null;
  const told = webhook === null ? {} : { forge: announcing(ports.forge, { webhook, pages: ports.pages, clock }) };
  return { ...ports, ...told, ...bounded, ...several, replicas, quiet, clock, out };
}

/** What opens the files of a manifest: `Tables` or `Surveys`. */
interface Opening<T> {
  open(request: OpenRequest): Promise<T>;
}

/** What a person allows all models that are in work at once, each has its part of. */
function partsOf({ memoryMiB, ...limits }: Partial<DataLimits> = {}): Partial<DataLimits> {
  return { ...limits, ...(memoryMiB !== undefined && { memoryMiB: partOf(memoryMiB) }) };
}

function limited<T>(opened: Opening<T>, limits: Partial<DataLimits>): Opening<T> {
  return {
    open: ({ manifest, ...request }) =>
      opened.open({ ...request, manifest: { ...manifest, limits: { ...manifest.limits, ...limits } } }),
  };
}

/** The same for what is fetched. */
function bound(sources: Sources, limits: Partial<DataLimits>): Sources {
  return {
    ...sources,
    list: (repository, manifest, options) =>
      sources.list(repository, { ...manifest, limits: { ...manifest.limits, ...limits } }, options),
  };
}

/** Where the command is called as a function, as by a server, there is no program to start again. */
const noWorkers: Workers = {
  start() {
    throw new Error("Nothing was said of how a worker is started.");
  },
};

/** Without a program there is no story: it is told with this command itself. */
function lazyDemo(program: string | undefined, env: Environment): DemoStage {
  return {
    async material() {
      const { demoMaterial, packedDemo } = await import("./adapters/demo/demo-material.ts");
      return demoMaterial(packedDemo);
    },
    async open(folder) {
      if (program === undefined) throw new Error("Nothing was said of how refit is started.");
      const { openDemoRepository } = await import("./adapters/demo/demo-repository.ts");
      return openDemoRepository({ program, env }, folder);
    },
  };
}

/** The forge of a command, and why the one that keeps the remote is not it; `unasked` is `null` where there is nothing to say. */
async function chooseForge(
  { forge: name = null, reach = "named", env }: World,
  git: GitProcess,
): Promise<{ readonly forge: ForgeAdapter; readonly unasked: string | null }> {
  const named = forgeFor(name, env);
  const local = forgeFor("local", env);
  if (reach === "clone") {
    const said = `${named.title} was not asked: without \`--push\` nothing leaves this clone.`;
    return { forge: local, unasked: named.onServer ? said : null };
  }
  if (reach === "named" || (reach === "remote" && (named.onServer || name !== null)))
    return { forge: named, unasked: null };
  const remotes = await readRemotes(git);
  const remote = sharedRemote(remotes);
  const served = remote === null ? null : forgeServing(remotes.get(remote)!, env);
  if (served === null) return { forge: local, unasked: null };
  const why = reach === "offline" ? "`--offline`" : served.missing;
  return why === null
    ? { forge: served.forge, unasked: null }
    : { forge: local, unasked: `${served.forge.title} was not asked: ${why}.` };
}

interface ReplicaTools {
  readonly env: Environment;
  readonly starter: GitStarter;
}

async function openReplica({ env, starter }: ReplicaTools, folder: string, baseBranch: string): Promise<Replica> {
  const process = await ownRepository(folder, env, starter);
  const choice = { forge: forgeFor("local", env), env, notice: () => {}, publishes: false };
  const ports = portsOver({ process, base: baseBranch, files: diskFiles }, choice);
  return {
    git: ports.git,
    ancestry: ports.ancestry,
    branches: ports.branches,
    publication: ports.publication,
    remoteRefs: ports.remoteRefs,
    obstacles: ports.obstacles,
    largeFiles: ports.largeFiles,
    forge: ports.forge,
    publisher: ports.publisher,
  };
}

interface ForgeChoice {
  readonly forge: ForgeAdapter;
  readonly env: Environment;
  readonly notice: (sentence: string) => void;
  readonly publishes?: boolean;
  readonly unasked?: string | null;
  readonly patience?: Patience;
  readonly clock?: Clock;
  /** What this process knows of those that work in the repository beside it; left out: there are none. */
  readonly beside?: WorkersBeside;
}

interface WorkersBeside {
  readonly turns: Turns;
  readonly moves: RefMoves;
}

/** The adapters of one repository, over the two ways in which they reach the machine. */
export function portsOver(
  machine: { process: GitProcess; base: string | null; files: Files },
  { forge, ...given }: ForgeChoice,
) {
  const { process, base, files } = machine;
  const { cwd: here } = process;
  const git = locatingModels(gitAdapter(process, base), files);
  const { publishes = true, unasked = null, beside } = given;
  const open = forge.open({ process, git, files, ...given, publishes });
  const written = branchesAdapter(process);
  const noted = beside === undefined ? written : notedBranches(process, written, beside.moves);
  const { branches, publication } = publishing(process, noted, { allowed: publishes, unasked });
  return {
    git,
    ancestry: ancestryAdapter(process, git),
    changes: treeChanges(process),
    projectGraphs: nxGraphs(given.env),
    branches,
    publication,
    remoteRefs: remoteRefs(process),
    obstacles: gitObstacles(process),
    largeFiles: largeFiles(process),
    forge: open.forge,
    publisher: open.publisher,
    reviews: open.reviews,
    dashboard: open.dashboard,
    forgeSettings: open.settings,
    pages: pagesOf(process, given.env),
    opener: systemOpener(given.env),
    pipelines: pipelinesOf(git),
    files,
    folders: diskFolders,
    workTree: { ...diskWorkTree, here },
    scratch: diskScratch,
    sources: namingSources(
      sourcesAdapter({ git: process, env: given.env, patience: given.patience, clock: given.clock }),
      process,
    ),
    contentCache,
    arrivals: arrivalsAdapter,
    httpServer: installedServer,
    streams: processStreams,
    surveys: lazySurveys,
    tables: lazyTables,
    rowPreparers: lazyPreparers,
    predictionLogs: lazyLogs,
    learners: installedLearners({
      env: given.env,
      onLine: given.notice,
      repository: watched(process, given.env, beside),
      folder: here,
    }),
    resampling: lazyResampling,
    quiet: noQuietRuns,
    variables: { valueOf: (name: string) => given.env[name] ?? null },
  };
}

/** Programs of the user's leave the repository alone; in a pipeline nobody else works in it but processes of refit, which take turns. */
function watched(process: GitProcess, env: Environment, beside?: WorkersBeside): WatchedRepository {
  const look = async () => {
    const state = await repositoryState(process);
    return state && { state, moves: [...(beside?.moves.known() ?? [])] };
  };
  const isShared = beside !== undefined;
  return { look: isShared ? () => beside.turns.take(look) : look, isAlone: inPipeline(env), isShared };
}

const lazyTables: Tables = {
  async open(request) {
    const { duckdbTables } = await import("./adapters/duckdb/index.ts");
    return duckdbTables.open(request);
  },
};

const lazyPreparers: RowPreparers = {
  async open(request) {
    const { duckdbPreparers } = await import("./adapters/duckdb/index.ts");
    return duckdbPreparers.open(request);
  },
};

const lazyLogs: PredictionLogs = {
  async open(request) {
    const { duckdbPredictionLogs } = await import("./adapters/duckdb/index.ts");
    return duckdbPredictionLogs.open(request);
  },
  async forget(...request) {
    const { duckdbPredictionLogs } = await import("./adapters/duckdb/index.ts");
    return duckdbPredictionLogs.forget(...request);
  },
};

const lazyResampling: Resampling = {
  async open() {
    const { threadedReplicates } = await import("./adapters/resampling/index.ts");
    return threadedReplicates();
  },
};

const lazySurveys: Surveys = {
  async open(request) {
    const { duckdbSurveys } = await import("./adapters/duckdb/index.ts");
    return duckdbSurveys.open(request);
  },
};

function instant(now: string): number {
  const at = Date.parse(now);
  if (at >= 0) return at;
  const what = at < 0 ? "a time since 1970, which git can store" : "an ISO 8601 time, such as 2026-11-28T06:00:00Z";
  throw new UsageError(`\`--now ${now}\` is not ${what}.`, "--now 2026-03-01T03:00:00Z");
}
