import type { Clock } from "../ports/clock.ts";

const elapsed = () => performance.now();

export const systemClock: Clock = { now: () => Date.now(), elapsed };

/** Its date stands still, for replays (`--now`); how long something took is still measured. */
export function fixedClock(at: number): Clock {
  return { now: () => at, elapsed };
}
