import { availableParallelism, totalmem } from "node:os";

/** Tells a process how many of its kind share the machine. */
export const SHARED_BY = "REFIT_SHARED_BY";

export const MIB: number = 1024 * 1024;
/** The least that `--memory` takes, too. */
const leastMiB = 64;

/** How many threads this process may use at once: all, or its part of them. */
export function threadsHere(): number {
  return Math.max(1, Math.floor(availableParallelism() / sharers()));
}

/** Memory of the machine, or of the container where that has less, or this process's part of it; in MiB. */
export function machineMemoryMiB(): number {
  const whole = totalmem();
  // Where there is no limit, Node says 0 or a number beyond any machine.
  const constrained = process.constrainedMemory();
  return Math.floor((constrained > 0 ? Math.min(whole, constrained) : whole) / MIB / sharers());
}

/** Of a number of MiB that a person has said, this process's part, and at least what DuckDB can work with. */
export function partOf(memoryMiB: number): number {
  return sharers() === 1 ? memoryMiB : Math.max(leastMiB, Math.floor(memoryMiB / sharers()));
}

function sharers(): number {
  const count = Number(process.env[SHARED_BY]);
  return count >= 1 ? count : 1;
}
