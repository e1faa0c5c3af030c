import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import { tasksAtEndOf } from "./when-ending.ts";

/** A process that does not end; of the real one all tests of a worker share the listeners. */
function processOfItsOwn() {
  const killed: [number, string | number | undefined][] = [];
  const kill = (pid: number, signal?: string | number): true => {
    killed.push([pid, signal]);
    return true;
  };
  return { ending: Object.assign(new EventEmitter(), { pid: 7, kill }), killed };
}

it("listens only while there is something to do", () => {
  const { ending } = processOfItsOwn();
  const listeners = () => ["exit", "SIGINT", "SIGTERM", "SIGHUP"].map((name) => ending.listenerCount(name));
  const whenEnding = tasksAtEndOf(ending);

  const [first, second] = [whenEnding(() => {}), whenEnding(() => {})];
  expect(listeners()).toEqual([1, 1, 1, 1]);
  first();
  first();
  expect(listeners()).toEqual([1, 1, 1, 1]);
  second();
  expect(listeners()).toEqual([0, 0, 0, 0]);
});

it("does every task once, the newest first, and then lets the signal end the process", () => {
  const { ending, killed } = processOfItsOwn();
  const done: string[] = [];
  const whenEnding = tasksAtEndOf(ending);
  whenEnding(() => done.push("first"));
  whenEnding(() => done.push("taken back"))();
  whenEnding(() => {
    done.push("fails");
    throw new Error("ENOTEMPTY");
  });
  whenEnding(() => done.push("last"));

  ending.emit("SIGTERM", "SIGTERM");
  ending.emit("exit");

  expect(done).toEqual(["last", "fails", "first"]);
  expect(killed).toEqual([[7, "SIGTERM"]]);
  expect(ending.listenerCount("SIGTERM")).toBe(0);
});
