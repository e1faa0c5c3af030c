import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { CommandFailedError, type CalledProgram } from "@refit/core/errors";
import type { ProgramLimits } from "@refit/core/runtime";
import type { CommandJob } from "@refit/core/spec";
import { whenEnding } from "../../../when-ending.ts";
import { callProgram, type ProgramCall } from "../call-program.ts";
import type { MachineVariables } from "../program-environment.ts";
import type { Relay } from "../relay.ts";
import { carrierOf, type Carrier } from "./carrier.ts";
import type { EndedCall } from "./ended-file.ts";
import { startScript } from "./start-script.ts";

export interface RunnerCall {
  /** As it would be called here: its argv is the user's program. */
  readonly call: Omit<ProgramCall, "cwd">;
  readonly job: CommandJob;
  /** Variables that the program needs wherever it runs. */
  readonly variables: Readonly<Record<string, string>>;
  readonly limits: ProgramLimits & { readonly runner: readonly string[] };
  /** Of this process: where the store's keys are. */
  readonly machine: MachineVariables;
  readonly onLine: (line: string) => void;
}

/** Milliseconds that a shared disk may take to show what another machine wrote. */
const diskPatience = 10_000;
/** Milliseconds that may pass until what runs elsewhere is told to end. */
const stopPatience = 60_000;

/**
 * Calls a program by a runner, which may start it on another machine, and fetches what it made.
 *
 * @returns the exit code is 0; digests are those that the program's machine told.
 * @throws CommandFailedError
 */
export async function callByRunner(asked: RunnerCall, relay: Relay): Promise<EndedCall> {
  const { call, job, limits } = asked;
  const { folder, program } = call;
  const id = `refit-${randomUUID().slice(0, 13)}`;
  const byRunner: CalledProgram = { ...program, argv: limits.runner };
  const output = path.relative(folder, job.step === "train" ? job.model : job.predictions);
  const carrier = carrierOf(limits.runnerStore, asked.machine, { id, folder, output, program: byRunner, limits });
  try {
    const { root, carried } = await carrier.bring(job);
    const inside = (file: string) => file.replace(folder, root);
    const variables = Object.fromEntries(Object.entries(asked.variables).map(([name, value]) => [name, inside(value)]));
    const script = startScript({ root, argv: program.argv, variables, output, carried });
    const start = path.join(folder, "start");
    await mkdir(start);
    await writeFile(path.join(start, "start.sh"), script);
    const words = wordsWith({ job: start, id, script });
    const argv = limits.runner.some((word) => word.includes("{script}"))
      ? limits.runner.map(words)
      : [...limits.runner.map(words), "sh", "start.sh"];
    const stop = limits.runnerStop === undefined ? null : limits.runnerStop.map(words);
    return await started({ ...call, program: { ...program, argv }, cwd: start }, relay, {
      ...asked,
      stop,
      carrier,
      byRunner,
    });
  } finally {
    await carrier.forget();
  }
}

interface Elsewhere extends RunnerCall {
  readonly stop: readonly string[] | null;
  readonly carrier: Carrier;
  readonly byRunner: CalledProgram;
}

async function started(call: ProgramCall, relay: Relay, asked: Elsewhere): Promise<EndedCall> {
  const { stop, carrier, byRunner, onLine } = asked;
  const { program } = asked.call;
  const endElsewhere = () => {
    const problem = stop === null ? null : stopped(stop, call);
    if (problem !== null) onLine(`What the runner has started may still run: ${problem}.`);
  };
  const release = whenEnding(endElsewhere);
  try {
    const failure = await callProgram(call, relay, stop ?? []).then(
      () => null,
      (error: CommandFailedError) => error,
    );
    const isLimit = failure !== null && !["exit-code", "ended-by-signal"].includes(failure.outcome);
    const ended = isLimit
      ? null
      : await carrier.ended(failure === null ? diskPatience : 0).catch((error: unknown) => {
          if (failure === null) throw error;
          return null;
        });
    if (failure === null && ended?.exitCode === 0) return ended;
    if (ended !== null && ended.exitCode !== 0)
      throw told("exit-code", program, failure, `ended with exit code ${ended.exitCode}`);
    endElsewhere();
    if (isLimit) throw failure;
    throw told("runner-failed", byRunner, failure, "ended with exit code 0, and the program has not answered");
  } finally {
    release();
  }

  /** With the last lines, where there are some. */
  function told(outcome: "exit-code" | "runner-failed", who: CalledProgram, failure: Error | null, what: string) {
    const said = relay.lastLines();
    const last = said.length === 0 ? "and printed nothing" : `and printed at last: ${said.join(" | ")}`;
    const clause = outcome === "exit-code" || failure === null ? `${what} ${last}` : failureWords(failure, last);
    return new CommandFailedError(outcome, who, clause, { cause: failure });
  }
}

function failureWords(failure: Error, last: string): string {
  const how = / (ended with exit code \d+|was ended by \w+) /.exec(failure.message)?.[1] ?? "failed";
  return `${how} ${last}`;
}

/** @returns why it could not be ended; `null`: it was. */
function stopped(argv: readonly string[], { env, cwd }: ProgramCall): string | null {
  const [file, ...args] = argv;
  const { status, error } = spawnSync(file!, args, { cwd, env, stdio: "ignore", timeout: stopPatience });
  if (status === 0) return null;
  return `\`${argv.join(" ")}\` ${error === undefined ? `ended with exit code ${status}` : error.message}`;
}

/** Fills in what stands in braces. */
function wordsWith(values: Readonly<Record<"job" | "id" | "script", string>>): (word: string) => string {
  return (word) => word.replace(/\{(job|id|script)\}/g, (_all, name: keyof typeof values) => values[name]);
}
