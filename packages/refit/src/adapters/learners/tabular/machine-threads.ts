import { Worker } from "node:worker_threads";
import type { Threads } from "@refit/core/runtime";
import { threadsHere } from "../../machine.ts";

/** All that a helper does stands in the module; the file of a worker would have to be found in every bundle. */
const program = `
const { workerData: { module, memory } } = require("node:worker_threads");
const words = new Int32Array(memory.buffer);
const wait = (address, seen, milliseconds) => Atomics.wait(words, address / 4, seen, milliseconds) !== "timed-out";
const { help, fail } = new WebAssembly.Instance(module, { env: { memory }, team: { wait }, derive: Math }).exports;
try {
  help();
} catch (error) {
  fail();
  throw error;
}`;

/** As many threads as this process may use at once. */
export const machineThreads: Threads = {
  count: threadsHere(),
  start(helper) {
    const worker = new Worker(program, { eval: true, workerData: { module: helper.module, memory: helper.memory } });
    // Without it the others do its work; where it fails in the middle, `fail` says so.
    worker.on("error", () => {});
    worker.unref();
  },
};
