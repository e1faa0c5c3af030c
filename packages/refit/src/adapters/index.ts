import path from "node:path";
import { UsageError } from "@refit/core";
import type { Files, Ports, Tables } from "../ports.ts";
import { branchesAdapter } from "./branches.ts";
import { fixedClock, systemClock } from "./clock.ts";
import { diskFiles } from "./files.ts";
import { gitProcess, type GitProcess } from "./git-process.ts";
import { gitAdapter } from "./git.ts";
import { installedLearners } from "./learners.ts";
import { localForge } from "./local-forge.ts";
import { terminalOutput } from "./output.ts";
import { sourcesAdapter } from "./sources.ts";

export interface World {
  readonly cwd: string;
  /** Name of the base branch; `null`: found. */
  readonly base: string | null;
  /** ISO 8601 time that stands for now; `null`: the clock of the machine. */
  readonly now: string | null;
  readonly json: boolean;
  /** Environment of the git commands. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Wires the real adapters, once. Heavy libraries load when they are first used. */
export async function createPorts({ cwd, base, now, json, env }: World): Promise<Ports> {
  const clock = now === null ? systemClock : fixedClock(instant(now));
  const process = gitProcess(path.resolve(cwd), env);
  return { ...portsOver({ process, base, files: diskFiles }), clock, out: terminalOutput(json) };
}

/** The adapters of one repository, over the two ways in which they reach the machine. */
export function portsOver(machine: { process: GitProcess; base: string | null; files: Files }) {
  const { process, base, files } = machine;
  const git = gitAdapter(process, base);
  return {
    git,
    branches: branchesAdapter(process),
    forge: localForge(process, git, files),
    files,
    sources: sourcesAdapter(process),
    tables: lazyTables,
    learners: installedLearners,
  };
}

const lazyTables: Tables = {
  async open(request) {
    const { duckdbTables } = await import("./tables/index.ts");
    return duckdbTables.open(request);
  },
};

function instant(now: string): number {
  const at = Date.parse(now);
  if (!Number.isNaN(at)) return at;
  throw new UsageError(`--now ${now} is no ISO 8601 time.`, "--now 2026-03-01T03:00:00Z");
}
