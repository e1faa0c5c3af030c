import { NEXT, setWord, Word, word } from "./control";
import { deriveRows, normaliseRows } from "./derive";
import { countLeaf, countRoot, searchRoot } from "./leaf";
import { renewLeaves } from "./renew";
import { divideRows, gatherRows, numberRows, placeRows } from "./rows";
import { addToFurther, addToTrained } from "./scores";

// Words that several threads write lie 64 bytes apart, on cache lines of their own; `NEXT` is one of them.
/** Helpers that have come; with its highest bit, nobody is let in any more. */
const COME: u32 = 0x80;
/** Rises with every task. */
const TURN: u32 = 0xc0;
/** Helpers that are done with the present task. */
const DONE: u32 = 0x100;
/** 1: a helper has failed. */
const FAILED: u32 = 0x140;
const TASK: u32 = 0x180;

const CLOSED: u32 = 0x8000_0000;
/** Looks at a word before a thread goes to sleep: about as long as waking it up would take. */
const LOOKS: u32 = 10_000;

/** Rows of a leaf from which on threads share them out. */
const SHARED_ROWS: u32 = 8192;

/**
 * Sleep until a word is no longer what it was seen to be and somebody notifies.
 *
 * It comes from outside: what compiles WebAssembly first in Node 20 (Liftoff of V8 11.3) loses local variables over `memory.atomic.wait32`.
 *
 * @returns whether that happened in time.
 */
declare function wait(address: u32, seen: u32, milliseconds: f64): bool;

export const enum Task {
  Normalise,
  Derive,
  Divide,
  Place,
  Number,
  Gather,
  CountRoot,
  SearchRoot,
  Count,
  Renew,
  AddToTrained,
  AddToFurther,
  Leave,
}

function perform(task: Task, thread: u32): void {
  switch (task) {
    case Task.Normalise:
      return normaliseRows(thread);
    case Task.Derive:
      return deriveRows(thread);
    case Task.Divide:
      return divideRows(thread);
    case Task.Place:
      return placeRows(thread);
    case Task.Number:
      return numberRows(thread);
    case Task.Gather:
      return gatherRows(thread);
    case Task.CountRoot:
      return countRoot(thread);
    case Task.SearchRoot:
      return searchRoot(thread);
    case Task.Count:
      return countLeaf(thread);
    case Task.Renew:
      return renewLeaves(thread);
    case Task.AddToTrained:
      return addToTrained(thread);
    case Task.AddToFurther:
      return addToFurther(thread);
  }
}

/** Do a task on all threads, this one included; it ends when all are done. What it reads stands in the control block. */
export function together(task: Task): void {
  const helpers = word(Word.Threads) - 1;
  atomic.store<u32>(NEXT, 0);
  if (helpers == 0) return perform(task, 0);
  announce(task, helpers);
  perform(task, 0);
  let looks: u32 = 0;
  for (let done = atomic.load<u32>(DONE); done < helpers && !hasFailed(); done = atomic.load<u32>(DONE)) {
    if (++looks > LOOKS) wait(DONE, done, Infinity);
  }
  if (hasFailed()) unreachable();
}

/** Do a task that shares the rows of a leaf out: on this thread alone where there are so few that to meet would take longer. */
export function share(task: Task, rows: u32): void {
  const isShared = rows >= SHARED_ROWS && word(Word.Threads) > 1;
  setWord(Word.Sharers, isShared ? word(Word.Threads) : 1);
  if (isShared) together(task);
  else perform(task, 0);
}

function hasFailed(): bool {
  return atomic.load<u32>(FAILED) != 0;
}

function announce(task: Task, helpers: u32): void {
  store<u32>(TASK, task);
  atomic.store<u32>(DONE, 0);
  atomic.add<u32>(TURN, 1);
  atomic.notify(TURN, helpers);
}

/** The life of a helper: it takes part in each task until it is told to leave. */
export function help(): void {
  const thread = atomic.add<u32>(COME, 1) + 1;
  if (thread > CLOSED) return;
  atomic.notify(COME, 1);
  let turn: u32 = 0;
  for (;;) {
    let looks: u32 = 0;
    while (atomic.load<u32>(TURN) == turn) if (++looks > LOOKS) wait(TURN, turn, Infinity);
    turn++;
    const task: Task = load<u32>(TASK);
    if (task == Task.Leave) return;
    perform(task, thread);
    if (atomic.add<u32>(DONE, 1) + 1 == word(Word.Threads) - 1) atomic.notify(DONE, 1);
  }
}

/** A helper cannot go on: nobody must wait for it. */
export function fail(): void {
  atomic.store<u32>(FAILED, 1);
  atomic.add<u32>(DONE, 0xffff);
  atomic.notify(DONE, 1);
}

/**
 * Wait until the wanted helpers have come, but no longer than this between two of them. From then on those that are there take part in
 * every task, and no others.
 */
export function closeTeam(wanted: u32, milliseconds: f64): void {
  for (let there = atomic.load<u32>(COME); there < wanted; there = atomic.load<u32>(COME)) {
    if (!wait(COME, there, milliseconds)) break;
  }
  setWord(Word.Threads, atomic.or<u32>(COME, CLOSED) + 1);
}

/** Send the helpers away, also those that come later. */
export function dismiss(): void {
  atomic.or<u32>(COME, CLOSED);
  announce(Task.Leave, 0xffff);
}
