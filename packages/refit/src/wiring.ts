import path from "node:path";
import { UsageError } from "@refit/core/errors";
import type { Files } from "./ports/files.ts";
import type { Ports } from "./ports/index.ts";
import type { Tables } from "./ports/tables.ts";
import { ancestryAdapter } from "./adapters/git/ancestry.ts";
import { branchesAdapter } from "./adapters/git/branches.ts";
import { fixedClock, systemClock } from "./adapters/clock.ts";
import { diskFiles } from "./adapters/disk/files.ts";
import { diskWorkTree } from "./adapters/disk/work-tree.ts";
import { gitProcess, type GitProcess } from "./adapters/git/git-process.ts";
import { gitAdapter } from "./adapters/git/git.ts";
import type { Environment, ForgeAdapter, Patience } from "./adapters/forges/forge-adapter.ts";
import { forgeFor, pipelinesOf } from "./adapters/forges/index.ts";
import { largeFiles } from "./adapters/git/lfs.ts";
import { gitObstacles } from "./adapters/git/obstacles.ts";
import { installedLearners } from "./adapters/learners/index.ts";
import { diskScratch } from "./adapters/disk/scratch.ts";
import { noQuietRuns, quietRuns } from "./adapters/disk/quiet-runs.ts";
import { terminalOutput } from "./adapters/terminal/output.ts";
import { sourcesAdapter } from "./adapters/sources/index.ts";

export interface World {
  readonly cwd: string;
  /** Name of the base branch; `null`: found. */
  readonly base: string | null;
  /** ISO 8601 time that stands for now; `null`: the clock of the machine. */
  readonly now: string | null;
  readonly json: boolean;
  /** A name in the registry of forges; left out: by the environment. */
  readonly forge?: string | null;
  /** How long to wait for the forge; tests have less patience. */
  readonly patience?: Patience;
  /** Environment of the git commands; tokens and the rest of what a workflow run gives. */
  readonly env: Environment;
}

/** Wires the real adapters, once. Heavy libraries load when they are first used. @throws UsageError */
export async function createPorts(world: World): Promise<Ports> {
  const { cwd, base, now, json, env, patience } = world;
  const clock = now === null ? systemClock : fixedClock(instant(now));
  const out = terminalOutput(json);
  const folder = path.resolve(cwd);
  const forge = forgeFor(world.forge ?? null, env);
  const { credentials, author } = await forge.gitSettings(gitProcess(folder, env), env);
  const process = gitProcess(folder, { ...env, ...author }, credentials, patience);
  const { notice } = out;
  const ports = portsOver({ process, base, files: diskFiles }, { forge, env, notice, ...(patience && { patience }) });
  const asked = base !== null || env["GIT_DIR"] !== undefined || forge.onServer;
  const quiet = asked ? noQuietRuns : quietRuns(folder, diskFiles, systemClock.now());
  return { ...ports, quiet, clock, out };
}

interface ForgeChoice {
  readonly forge: ForgeAdapter;
  readonly env: Environment;
  readonly notice: (sentence: string) => void;
  readonly patience?: Patience;
}

/** The adapters of one repository, over the two ways in which they reach the machine. */
export function portsOver(
  machine: { process: GitProcess; base: string | null; files: Files },
  { forge, ...given }: ForgeChoice,
) {
  const { process, base, files } = machine;
  const git = gitAdapter(process, base);
  const open = forge.open({ process, git, files, ...given });
  return {
    git,
    ancestry: ancestryAdapter(process),
    branches: branchesAdapter(process),
    obstacles: gitObstacles(process),
    largeFiles: largeFiles(process),
    forge: open.forge,
    publisher: open.publisher,
    forgeSettings: open.settings,
    pipelines: pipelinesOf(git),
    files,
    workTree: diskWorkTree,
    scratch: diskScratch,
    sources: sourcesAdapter(process),
    tables: lazyTables,
    learners: installedLearners,
    quiet: noQuietRuns,
  };
}

const lazyTables: Tables = {
  async open(request) {
    const { duckdbTables } = await import("./adapters/duckdb/index.ts");
    return duckdbTables.open(request);
  },
};

function instant(now: string): number {
  const at = Date.parse(now);
  if (at >= 0) return at;
  const what = at < 0 ? "a time since 1970, which git can store" : "an ISO 8601 time, such as 2026-11-28T06:00:00Z";
  throw new UsageError(`\`--now ${now}\` is not ${what}.`, "--now 2026-03-01T03:00:00Z");
}
