import { spawn, type ChildProcess } from "node:child_process";
import { lstat, readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandFailedError, type CalledProgram, type CommandOutcome } from "@refit/core/errors";
import { whenEnding } from "../../when-ending.ts";
import { endTree } from "./end-tree.ts";
import { processName, processTree, type ProcessTree } from "./process-tree.ts";
import type { Relay } from "./relay.ts";
import { setWatchdog } from "./watchdog.ts";

export interface ProgramCall {
  readonly program: CalledProgram;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** `NAME=value` of a variable in `env` that no other process has. */
  readonly marker: string;
  readonly timeoutMinutes: number;
  /** `null`: no limit. */
  readonly memoryMiB: number | null;
  /** The folder that it works in. */
  readonly folder: string;
  readonly onStarted?: (() => void) | undefined;
}

/** Milliseconds between two looks at a running program. */
const lookEvery = 250;
/** Milliseconds for the last lines of a program that has ended. */
const lastWords = 3000;
/** What a program may write into its folder, in MiB: a runaway one shall not fill the disk. */
const mostWrittenMiB = 20_480;

/**
 * Runs a program to its end. Whatever happens, none of its processes is left when this returns: not after a failure, a limit or an
 * interrupt of refit itself. One that nothing can end is named.
 *
 * @param afterwards argv of what is called besides where refit is killed, for a program that has started another elsewhere.
 * @throws CommandFailedError
 */
export async function callProgram(call: ProgramCall, relay: Relay, afterwards: readonly string[] = []): Promise<void> {
  const { program, cwd, env, marker } = call;
  const [file, ...args] = program.argv;
  const stdio = ["ignore", "pipe", "pipe"] as const;
  const child = spawn(file!, args, { cwd, env, stdio: [...stdio], detached: true, windowsHide: true });
  const [ended, closed] = [endOf(child), closeOf(child)];
  child.stdout.on("data", (chunk: Buffer) => relay.feed("stdout", chunk));
  child.stderr.on("data", (chunk: Buffer) => relay.feed("stderr", chunk));
  if (child.pid === undefined) throw notStarted(program, (await ended) as StartProblem);

  const tree = processTree(child.pid, marker);
  const release = whenEnding(() => tree.signal("SIGKILL"));
  const callOff = setWatchdog({ group: child.pid, marker, folder: call.folder, afterwards, env });
  call.onStarted?.();
  try {
    const broken = await Promise.race([ended.then(() => null), brokenLimit(call, tree, ended)]);
    const left = await endTree(tree, broken !== null);
    if (left.length > 0) throw notEnded(program, left);
    const end = (await ended) as ProgramEnd;
    await Promise.race([closed, sleep(lastWords, undefined, { ref: false })]);
    relay.end();
    const problem = broken ?? problemOf(end, relay);
    if (problem !== null) throw new CommandFailedError(problem.outcome, program, problem.what);
  } finally {
    callOff();
    release();
    child.unref();
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

interface Problem {
  readonly outcome: CommandOutcome;
  readonly what: string;
}

interface ProgramEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

type StartProblem = NodeJS.ErrnoException;

function endOf(child: ChildProcess): Promise<ProgramEnd | StartProblem> {
  return new Promise((done) => {
    child.once("error", done);
    child.once("exit", (exitCode, signal) => done({ exitCode, signal }));
  });
}

function closeOf(child: ChildProcess): Promise<void> {
  return new Promise((done) => child.once("close", () => done()));
}

function notStarted(program: CalledProgram, error: StartProblem): CommandFailedError {
  if (error.code === "ENOENT")
    return new CommandFailedError("program-missing", program, "was not found", { cause: error });
  const what = `could not be started: ${error.code ?? error.message}`;
  return new CommandFailedError("program-not-executable", program, what, { cause: error });
}

function notEnded(program: CalledProgram, left: readonly number[]): CommandFailedError {
  const names = left.map((pid) => `${Math.abs(pid)} (${processName(pid)})`);
  return new CommandFailedError("not-ended", program, `left processes that cannot be ended: ${names.join(", ")}`);
}

function problemOf({ exitCode, signal }: ProgramEnd, relay: Relay): Problem | null {
  if (exitCode === 0) return null;
  const lines = relay.lastLines();
  const said = lines.length === 0 ? "and printed nothing" : `and printed at last: ${lines.join(" | ")}`;
  if (signal !== null) return { outcome: "ended-by-signal", what: `was ended by ${signal} ${said}` };
  return { outcome: "exit-code", what: `ended with exit code ${exitCode} ${said}` };
}

/** The limit that a program breaks; never answers when it breaks none. */
async function brokenLimit(
  { timeoutMinutes, memoryMiB, folder }: ProgramCall,
  tree: ProcessTree,
  ended: Promise<unknown>,
): Promise<Problem> {
  const watch = new AbortController();
  void ended.then(() => watch.abort());
  const started = performance.now();
  for (let look = 0; !watch.signal.aborted; look++) {
    await sleep(lookEvery);
    if (performance.now() - started > timeoutMinutes * 60_000) {
      return { outcome: "timed-out", what: `was ended after ${timeoutMinutes} minutes` };
    }
    const used = memoryMiB === null ? 0 : tree.memoryMiB();
    if (memoryMiB !== null && used > memoryMiB) {
      return { outcome: "out-of-memory", what: `was ended: it used ${Math.round(used)} MiB of ${memoryMiB}` };
    }
    if (look % 8 === 7 && (await writtenMiB(folder)) > mostWrittenMiB) {
      return { outcome: "model-too-large", what: `was ended: it wrote more than ${mostWrittenMiB} MiB` };
    }
  }
  return new Promise(() => {});
}

/** What lies in a folder, as the disk counts it. */
async function writtenMiB(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  let blocks = 0;
  for (const entry of entries) blocks += (await lstat(path.join(folder, entry)).catch(() => null))?.blocks ?? 0;
  return blocks / 2048;
}
