import { quoted } from "../errors/name-words.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";
import type { Profile } from "./profile.ts";
import { DAY } from "../time.ts";

/** Times later than a day from now, which no time zone explains. */
export function futureTimes(file: string, { columns }: Profile, time: string | null, now: number): Finding[] {
  const newest = columns.find(({ name }) => name === time)?.max;
  if (newest === undefined || newest <= now + DAY) return [];
  const message = `Column ${quoted(time!)} of ${quoted(file)} contains ${iso(newest)}, which is in the future (now: ${iso(now)}).`;
  return [finding("future-time", { file, column: time }, message)];
}

/**
 * Whether the newest row is too old: a feed that stopped.
 *
 * @param newest epoch milliseconds; `null`: not known.
 * @param maxAgeDays `undefined`: not asked for.
 */
export function staleData(newest: number | null, maxAgeDays: number | undefined, now: number): Finding[] {
  if (maxAgeDays === undefined) return [];
  if (newest === null) {
    const message = "checks.maxAgeDays cannot be checked: the model's `time` is not a source column with values.";
    return [finding("age-unknown", {}, message)];
  }
  const ageDays = (now - newest) / DAY;
  if (ageDays <= maxAgeDays) return [];
  const message = `The newest row is from ${iso(newest)}, ${Math.floor(ageDays)} days ago; checks.maxAgeDays allows ${maxAgeDays} days.`;
  return [finding("stale-data", {}, message)];
}

/** The newest time of some profiles; `null` where none has values of that column. */
export function newestTime(profiles: readonly Profile[], time: string | null): number | null {
  const found = profiles.flatMap(({ columns }) => columns.find(({ name }) => name === time)?.max ?? []);
  return found.length === 0 ? null : Math.max(...found);
}

function iso(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? "out of range" : date.toISOString().slice(0, 16);
}
