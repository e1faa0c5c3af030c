import type { FailedModel } from "@refit/core/errors";
import type { Output } from "./output.ts";
import type { Repository } from "./repository.ts";

/** Models that one process works on together. */
export interface WorkUnit {
  /** The proposal group of which they are all the models; `null`: it is one model by itself. */
  readonly group: string | null;
  /** At least one. */
  readonly models: readonly string[];
  /** What the first of them reads; `null`: its spec does not say it. */
  readonly dataset: string | null;
}

/** What a worker is given to do, and the repository as the remote had it when the run began. */
export interface WorkerTask extends WorkUnit {
  readonly repository: Repository;
  /** Branches that the forge is asked about for this task and those that wait: one question of a worker may serve several of its tasks. */
  readonly next: readonly string[];
}

/** What became of a task, and the names of the refs that the worker has pushed, or kept here, so far. */
export interface WorkerAnswer {
  /** As `--json` prints them, one for each model. */
  readonly outcomes: readonly object[];
  readonly refs: readonly string[];
}

export interface Worker {
  /**
   * One task at a time.
   *
   * @throws ModelProcessEndedError where the process is gone; what the worker threw, where that is not a matter of one model.
   */
  run(task: WorkerTask): Promise<WorkerAnswer>;
  end(): void;
}

/** Starts processes that run models beside each other, with the words of this command. */
export interface Workers {
  /**
   * @param beside how many workers share the machine, its memory and its threads.
   * @param out where is said what the worker says.
   */
  start(beside: number, out: Output): Worker;
}

/** Seen from a worker: the process that gives out the models. */
export interface Foreman {
  /** @returns `null`: there is no more to do. */
  next(): Promise<WorkerTask | null>;
  answer(answer: WorkerAnswer): void;
  /** The worker cannot go on, and neither can another one. @param bug its stack trace, where it is one. */
  giveUp(error: FailedModel, bug: string | null): void;
}

/** Who writes to the repository and the forge: one process at a time, and in it one after the other. */
export interface Turns {
  /** Not within another turn. */
  take<T>(work: () => Promise<T>): Promise<T>;
}

/** Says with everything that is said meanwhile which model it is about. */
export interface Naming {
  about<T>(model: string, work: () => Promise<T>): Promise<T>;
  /** Where there is no other model that it could be about: only the bar on a terminal names it. */
  alone<T>(model: string, work: () => Promise<T>): Promise<T>;
}
