import type { Clock } from "../ports.ts";

export const systemClock: Clock = { now: () => Date.now() };

/** Stands still, for replays (`--now`) and tests. */
export function fixedClock(at: number): Clock {
  return { now: () => at };
}
