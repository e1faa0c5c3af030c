import path from "node:path";
import { UsageError } from "@refit/core/errors";
import type { Files } from "./ports/files.ts";
import type { Ports } from "./ports/index.ts";
import type { Tables } from "./ports/tables.ts";
import { branchesAdapter } from "./adapters/git/branches.ts";
import { fixedClock, systemClock } from "./adapters/clock.ts";
import { diskFiles } from "./adapters/disk/files.ts";
import { gitProcess, type GitProcess } from "./adapters/git/git-process.ts";
import { gitAdapter } from "./adapters/git/git.ts";
import { gitSettings } from "./adapters/forges/github/git-settings.ts";
import type { Patience } from "./adapters/forges/github/client.ts";
import { lazyGithub } from "./adapters/forges/github/index.ts";
import { largeFiles } from "./adapters/git/lfs.ts";
import { installedLearners } from "./adapters/learners/index.ts";
import { localForge, noSettings, nowhere } from "./adapters/forges/local/forge.ts";
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
  /** Left out: `github` in GitHub Actions, else `local`. */
  readonly forge?: "github" | "local" | null;
  /** How long to wait for GitHub; tests have less patience. */
  readonly patience?: Patience;
  /** Environment of the git commands; tokens and the rest of what a workflow run gives. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Wires the real adapters, once. Heavy libraries load when they are first used. */
export async function createPorts(world: World): Promise<Ports> {
  const { cwd, base, now, json, env } = world;
  const clock = now === null ? systemClock : fixedClock(instant(now));
  const out = terminalOutput(json);
  const folder = path.resolve(cwd);
  const onGithub = (world.forge ?? (env["GITHUB_ACTIONS"] === "true" ? "github" : "local")) === "github";
  if (!onGithub) {
    const asked = base !== null || env["GIT_DIR"] !== undefined;
    const quiet = asked ? noQuietRuns : quietRuns(folder, diskFiles, systemClock.now());
    return { ...portsOver({ process: gitProcess(folder, env), base, files: diskFiles }), quiet, clock, out };
  }

  const patience = world.patience === undefined ? {} : { patience: world.patience };
  const { credentials, identity } = await gitSettings(gitProcess(folder, env), env);
  const process = gitProcess(folder, { ...env, ...identity }, credentials);
  const ports = portsOver({ process, base, files: diskFiles });
  return { ...ports, ...lazyGithub(env, { process, git: ports.git, notice: out.notice, ...patience }), clock, out };
}

/** The adapters of one repository, over the two ways in which they reach the machine. */
export function portsOver(machine: { process: GitProcess; base: string | null; files: Files }) {
  const { process, base, files } = machine;
  const git = gitAdapter(process, base);
  return {
    git,
    branches: branchesAdapter(process),
    largeFiles: largeFiles(process),
    forge: localForge(process, git, files),
    publisher: nowhere,
    settings: noSettings,
    files,
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
  if (!Number.isNaN(at)) return at;
  throw new UsageError(
    `\`--now ${now}\` is not an ISO 8601 time, such as 2026-11-28T06:00:00Z.`,
    "--now 2026-03-01T03:00:00Z",
  );
}
