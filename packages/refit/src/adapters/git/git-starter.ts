import { type ChildProcess, spawn } from "node:child_process";

export interface GitResult {
  /** `null`: ended by a signal. */
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** One run of git, and all that it is told. */
export interface GitCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input: string | null;
}

/** Starts git for somebody else. */
export interface GitStarter {
  run(command: GitCommand): Promise<GitResult>;
}

/** Starts git for a process that may grow. */
export interface SpareStarter {
  readonly starter: GitStarter;
  /** Whether to start git there by now, and not from this process. */
  readonly isNeeded: () => boolean;
}

/** Bytes of this process from which a start costs several milliseconds. */
const largeBytes = 256 * 1024 * 1024;
/** Minutes that a program may train between two calls of git. */
const mostIdle = 60;

/** A process is started besides only once this one is large: a run with nothing to do has none. */
export function spareStarter(): SpareStarter {
  return { starter: gitStarter(mostIdle * 60_000), isNeeded: () => process.memoryUsage.rss() > largeBytes };
}

interface StarterQuestion extends GitCommand {
  readonly id: number;
}

interface StarterAnswer {
  readonly id: number;
  readonly result?: Omit<GitResult, "stdout"> & { readonly stdout: Uint8Array };
  /** Why git could not be started. */
  readonly failed?: { readonly message: string; readonly code?: string };
}

interface Waiting {
  readonly answer: (result: GitResult) => void;
  readonly fail: (error: Error) => void;
}

/**
 * Starts git from a small process. The system copies the page tables of whoever starts a process: with a few hundred megabytes of
 * tables and models that takes 10 milliseconds and more each time, from a small one it takes one.
 *
 * @param idleLimit milliseconds without a question after which the process ends.
 */
export function gitStarter(idleLimit = 5000): GitStarter {
  const waiting = new Map<number, Waiting>();
  let helper: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let asked = 0;

  function started(env: GitCommand["env"]): ChildProcess {
    const mine = spawn(process.execPath, ["-e", `(${answerQuestions.toString()})(require)`], {
      // What the user asks of this process, such as a profile or a debugger, is not meant for that one.
      env: { ...env, NODE_OPTIONS: "" },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      serialization: "advanced",
      windowsHide: true,
    });
    mine.on("message", (message) => answered(message as StarterAnswer));
    mine.on("error", (error) => gone(mine, error));
    mine.on("exit", () => gone(mine, new Error("The process that starts git has ended.")));
    return mine;
  }

  function answered({ id, result, failed }: StarterAnswer): void {
    const { answer, fail } = waiting.get(id)!;
    waiting.delete(id);
    if (result === undefined) fail(Object.assign(new Error(failed!.message), failed));
    else answer({ ...result, stdout: Buffer.from(result.stdout) });
    if (waiting.size > 0) return;
    helper?.unref();
    helper?.channel?.unref();
    idle = setTimeout(() => {
      helper?.disconnect();
      helper = null;
    }, idleLimit).unref();
  }

  function gone(process: ChildProcess, error: Error): void {
    if (helper !== process) return;
    helper = null;
    const open = [...waiting.values()];
    waiting.clear();
    for (const { fail } of open) fail(error);
  }

  return {
    run(command) {
      clearTimeout(idle);
      helper ??= started(command.env);
      helper.ref();
      helper.channel?.ref();
      const question: StarterQuestion = { ...command, id: asked++ };
      helper.send(question);
      return new Promise((answer, fail) => waiting.set(question.id, { answer, fail }));
    },
  };
}

/** Runs in the small process, from its text alone: nothing outside of this function can be used. Ends when nobody listens. */
function answerQuestions(load: NodeJS.Require): void {
  const { spawn: start } = load("node:child_process") as { spawn: typeof spawn };
  process.on("message", ({ id, args, cwd, env, input }: StarterQuestion) => {
    const child = start("git", args, {
      cwd,
      env,
      stdio: [input === null ? "ignore" : "pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout?.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
    child.on("error", ({ message, code }: NodeJS.ErrnoException) => process.send!({ id, failed: { message, code } }));
    child.on("close", (exitCode, signal) => {
      if (signal !== null) stderr.push(Buffer.from(`\n${signal}`));
      const result = { exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
      if (child.pid !== undefined) process.send!({ id, result });
    });
  });
  process.on("disconnect", () => process.exit());
}
