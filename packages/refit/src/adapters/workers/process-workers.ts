import { AsyncLocalStorage } from "node:async_hooks";
import { type ChildProcess, fork } from "node:child_process";
import { ModelProcessEndedError, RefitError, type FailedModel } from "@refit/core/errors";
import type { Output } from "../../ports/output.ts";
import type { Turns, Worker, WorkerAnswer, Workers } from "../../ports/workers.ts";
import { SHARED_BY } from "../machine.ts";
import { whenEnding } from "../when-ending.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import type { RefMoves } from "./ref-moves.ts";

/** The command that was given, to be given to workers, too. */
export interface CommandWords {
  /** The file that Node runs. */
  readonly program: string;
  /** After the name of the command. */
  readonly words: readonly string[];
  /** The name of the command of a worker. */
  readonly worker: string;
}

interface WorkerSettings {
  readonly command: CommandWords;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly turns: Turns;
  readonly moves: RefMoves;
}

export function processWorkers(settings: WorkerSettings): Workers {
  return { start: (beside, out) => startWorker(settings, beside, out) };
}

/** An error of a worker, as it said it itself. */
class StoppedWorkerError extends RefitError {
  readonly code: string;
  readonly hint: string;

  constructor({ code, message, hint }: FailedModel) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** What whoever waits for a worker is told. */
interface GivenTask {
  /** Their names. */
  readonly models: string;
  /** Calls in the place where the task was given, so that what is said there is said of its model. */
  readonly there: (act: () => void) => void;
  resolve(answer: WorkerAnswer): void;
  reject(error: Error): void;
}

function startWorker({ command, env, turns, moves }: WorkerSettings, beside: number, out: Output): Worker {
  const child = fork(command.program, [command.worker, ...command.words], {
    env: { ...env, [SHARED_BY]: String(beside) },
    serialization: "advanced",
    // Of the command only the results are on stdout, and the parent prints these.
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const keepRunning = whenEnding(() => void child.kill());
  let waiting: GivenTask | null = null;
  let endTurn = () => {};
  let told = 0;

  const settle = (act: (one: GivenTask) => void) => {
    const one = waiting;
    waiting = null;
    if (one !== null) act(one);
  };
  const takeTurn = () =>
    turns.take(
      () =>
        new Promise<void>((resolve) => {
          endTurn = resolve;
          const news = moves.known().slice(told);
          told += news.length;
          if (!tell(child, { kind: "turn", moves: news })) resolve();
        }),
    );
  child.on("message", (message: FromWorker) => {
    switch (message.kind) {
      case "turn":
        return void takeTurn();
      case "turn-over":
        return endTurn();
      case "moved":
        return moves.note(message.moves);
      case "answer":
        return settle((one) => one.resolve(message.answer));
      case "stopped":
        return settle((one) => one.reject(stopped(message.error, message.bug)));
      default:
        return waiting?.there(() => say(out, message));
    }
  });
  const ended = (how: string) => {
    keepRunning();
    endTurn();
    settle((one) => one.reject(new ModelProcessEndedError(one.models, how)));
  };
  child.on("error", (error) => ended(error.message));
  child.on("exit", (exitCode, signal) => ended(signal ?? `exit code ${exitCode}`));
  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        const models = task.models.join(", ");
        waiting = { models, there: AsyncLocalStorage.snapshot(), resolve, reject };
        if (!tell(child, { kind: "task", task })) settle(() => reject(new ModelProcessEndedError(models, "no start")));
      }),
    end: () => void tell(child, { kind: "end" }),
  };
}

function say(out: Output, message: Extract<FromWorker, { kind: "progress" | "notice" | "print" }>): void {
  if (message.kind === "progress") out.progress(message.stage, message.done);
  else out[message.kind](message.sentence);
}

/** A bug of ours keeps the stack trace that it had. */
function stopped(error: FailedModel, bug: string | null): Error {
  if (bug === null) return new StoppedWorkerError(error);
  return Object.assign(new Error(error.message), { stack: bug });
}

/** @returns `false`: it is gone, which its event `exit` says as well. */
function tell(child: ChildProcess, message: ToWorker): boolean {
  return child.connected && child.send(message, () => {});
}
