import { rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { canonicalJson } from "@refit/core/history";
import type { ArtifactFiles, ProgramLimits } from "@refit/core/runtime";
import { commandJob, type CommandJob } from "@refit/core/spec";
import { machineFolder } from "../../disk/scratch.ts";
import { whenEnding } from "../../when-ending.ts";
import { callProgram } from "./call-program.ts";
import { writeTree } from "./job-folder.ts";
import { programEnvironment, secretValues, steadyVariables } from "./program-environment.ts";
import { relayOutput } from "./relay.ts";
import { callByRunner } from "./runner/call-by-runner.ts";
import type { EndedCall } from "./runner/ended-file.ts";
import { leavingAlone, type WatchedRepository } from "./watched-repository.ts";

/** What programs get from the machine, and who hears of them. */
export interface ProgramTools {
  /** The environment of this process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The project's folder, where optional packages are looked for. */
  readonly folder?: string;
  /** A line that a program printed, or a sentence about it. */
  readonly onLine: (line: string) => void;
  /** What a program must leave alone; absent: nobody looks. */
  readonly repository?: WatchedRepository;
}

/** One call of a program. */
export interface JobCall {
  readonly job: CommandJob;
  readonly argv: readonly string[];
  /** Names of variables that it gets besides the usual ones. */
  readonly environment: readonly string[];
  readonly onProgress?: ((done: number) => void) | undefined;
  readonly onStarted?: (() => void) | undefined;
  readonly limits: ProgramLimits;
}

/** Folders of one call, all in one of the machine's own, so that no repository is above them. */
export interface JobFolder {
  readonly root: string;
  /** Copies of the program's files: where it runs. */
  readonly code: string;
  readonly model: string;
  /** The model to go on from; made only where there is one. */
  readonly champion: string;
  /** For temporary files. */
  readonly temporary: string;
}

/**
 * Makes the folders, and removes them with all that is in them, however it ends.
 *
 * @param place a folder that other machines have too; left out: one of this machine's own.
 */
export async function withJobFolder<T>(
  code: ArtifactFiles,
  use: (folder: JobFolder) => Promise<T>,
  place?: string,
): Promise<T> {
  const { path: root, remove } = await machineFolder(place);
  const at = (name: string) => path.join(root, name);
  const folder = { root, code: at("code"), model: at("model"), champion: at("champion"), temporary: at("tmp") };
  const release = whenEnding(() => rmSync(root, { recursive: true, force: true }));
  try {
    await writeTree(folder.code, code);
    for (const each of [folder.model, folder.temporary]) await mkdir(each);
    return await use(folder);
  } finally {
    release();
    await remove();
  }
}

/**
 * @returns what a program on another machine says that it wrote; `null`: it ran here.
 * @throws CommandFailedError
 */
export async function callJob(tools: ProgramTools, folder: JobFolder, call: JobCall): Promise<EndedCall | null> {
  const job = commandJob.parse(call.job);
  const file = path.join(folder.root, "job.json");
  await writeFile(file, `${canonicalJson(job, 2)}\n`);
  const variables = {
    ...steadyVariables(job.threads, job.seed),
    ...pathVariables(job),
    REFIT_JOB: file,
    TMPDIR: folder.temporary,
  };
  const env = { ...programEnvironment(tools.env, call.environment), ...variables };
  const relay = relayOutput({
    secrets: secretValues(tools.env, call.environment),
    onLine: (line) => tools.onLine(`${job.step}: ${line}`),
    onProgress: call.onProgress ?? (() => {}),
  });
  const { timeoutMinutes, memoryMiB } = job;
  const program = { step: job.step, argv: call.argv };
  const marker = `REFIT_JOB=${file}`;
  const request = { program, env, marker, timeoutMinutes, memoryMiB, folder: folder.root, onStarted: call.onStarted };
  const { runner } = call.limits;
  return leavingAlone(tools, program, async () => {
    if (runner === undefined) {
      await callProgram({ ...request, cwd: folder.code }, relay);
      return null;
    }
    const elsewhere = { job, variables, limits: { ...call.limits, runner }, machine: tools.env, onLine: tools.onLine };
    return callByRunner({ ...elsewhere, call: request }, relay);
  });
}

/** So that a line of shell or awk need not read JSON. */
function pathVariables(job: CommandJob): Record<string, string> {
  const always = {
    REFIT_STEP: job.step,
    REFIT_MODEL: job.model,
    REFIT_SEED: String(job.seed),
    REFIT_TARGET: job.target.name,
  };
  if (job.step === "train") {
    const started = job.champion === null ? {} : { REFIT_CHAMPION: job.champion };
    const stopping = job.validation === null ? {} : { REFIT_VALIDATION: job.validation };
    return { ...always, ...started, REFIT_TRAIN: job.train, ...stopping };
  }
  return { ...always, REFIT_ROWS: job.rows, REFIT_PREDICTIONS: job.predictions };
}
