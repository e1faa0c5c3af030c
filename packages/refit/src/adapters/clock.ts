import type { Clock } from "../ports/clock.ts";

const elapsed = () => performance.now();
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

export const systemClock: Clock = { now: () => Date.now(), elapsed, cpu };

/** Its date stands still, for replays (`--now`); how long something took is still measured. */
export function fixedClock(at: number): Clock {
  return { now: () => at, elapsed, cpu };
}
