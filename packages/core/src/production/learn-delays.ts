import { DAY } from "../time.ts";
import type { ArrivalSums } from "./arrivals.ts";
import { addHistograms, type Histogram } from "./histogram.ts";

/** What was answered on one day, UTC, with the labels that are known of it. */
export interface ArrivalDay {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly arrivals: ArrivalSums;
}

/** How long labels take, learnt from the past of a model. */
export interface LabelDelays {
  /** One for each group of labels in `ArrivalSums.delays`; the groups with few labels share one. */
  readonly groups: readonly DelayGroup[];
  /** Days after which 95 % of the labels of each group are here; `null`: not known yet, the past is too short. */
  readonly matureAfter: number | null;
}

export interface DelayGroup {
  readonly labels: number;
  /** [days]: share of the group's labels that come within as many days, ascending, the last 1. */
  readonly within: readonly number[];
}

/** Share of labels that has to be here before they count. */
export const MATURE_SHARE = 0.95;
/** Fewer labels than this tell no tail of 5 %. */
const fewLabels = 100;
/** As long as the past is not this many times as long as the delay that it shows, longer delays may not have shown. */
const pastPerDelay = 2;

/**
 * How long labels take, of the labels that come at all.
 *
 * Only delays that could have been seen are compared: a day of two weeks ago has shown no delay of three. From the longest delay down, the share that
 * came within d − 1 days, of those that came within d, is taken from the days that are old enough for d (Lagakos, Barraj & De Gruttola 1988,
 * Biometrika 75, for data truncated on the right). Each class of labels has its own distribution: where fraud is reported weeks later
 * than its absence is settled, the mean of both would call a day complete that lacks all of the fraud.
 *
 * Days are whole: of a day that ended 3 days before `until`, all labels with delays of 0, 1 and 2 days are here. O(days × longest delay).
 *
 * @param days of all versions of the model: a delay belongs to the label, not to who answered.
 * @param until epoch milliseconds; labels are known up to here, such as the newest `time` of a label.
 */
export function learnDelays(days: readonly ArrivalDay[], until: number): LabelDelays {
  const aged = days.flatMap((day) => {
    const age = dayAge(day.day, until);
    return age > 0 ? [{ age, delays: day.arrivals.delays }] : [];
  });
  const past = aged.reduce((oldest, { age }) => Math.max(oldest, age), 0);
  const names = [...new Set(aged.flatMap(({ delays }) => delays.map(([group]) => group)))];
  const labelsOf = (group: number) => count(merged(aged.map(({ delays }) => groupIn(delays, group))));
  const large = names.filter((group) => labelsOf(group) >= fewLabels);
  const small = names.filter((group) => !large.includes(group));
  const pools = [...large.map((group) => [group]), ...(small.length > 0 ? [small] : [])];
  const groups = pools.map((pool) =>
    delayGroup(
      aged.map(({ age, delays }) => ({ age, days: merged(pool.map((group) => groupIn(delays, group))) })),
      past,
    ),
  );
  return { groups, matureAfter: matureAfter(groups, past) };
}

/** Whole days between the end of a day and a time; negative while it lasts. */
export function dayAge(day: string, until: number): number {
  return Math.floor((until - Date.parse(`${day}T00:00:00Z`) - DAY) / DAY);
}

function groupIn(delays: ArrivalSums["delays"], group: number): Histogram {
  return delays.find(([name]) => name === group)?.[1] ?? [];
}

function merged(histograms: readonly Histogram[]): Histogram {
  return histograms.reduce(addHistograms, []);
}

function count(histogram: Histogram): number {
  return histogram.reduce((sum, [, rows]) => sum + rows, 0);
}

function delayGroup(days: readonly { readonly age: number; readonly days: Histogram }[], past: number): DelayGroup {
  const byAge = Array.from({ length: past + 1 }, () => new Float64Array(past)); // labels by delay, of the days of an age
  for (const { age, days: delays } of days) for (const [delay, rows] of delays) byAge[age]![delay]! += rows;
  const within = Array.from({ length: past }, () => 1);
  // Labels within the delay, of days that are old enough for it.
  const comparable = comparableLabels(byAge, past);
  for (let delay = past - 1; delay > 0; delay--) {
    const { exact, all } = comparable[delay]!;
    within[delay - 1] = within[delay]! * (all > 0 ? 1 - exact / all : 1);
  }
  return { labels: count(merged(days.map((day) => day.days))), within };
}

/** By delay: labels with exactly this delay, and with at most this delay, both of days that are older than it. */
function comparableLabels(byAge: readonly Float64Array[], past: number) {
  const ofOlder = new Float64Array(past); // by delay, of the days older than the delay that is looked at
  const found = Array.from({ length: past }, () => ({ exact: 0, all: 0 }));
  for (let delay = past - 1; delay >= 0; delay--) {
    byAge[delay + 1]!.forEach((rows, at) => (ofOlder[at]! += rows));
    let all = 0;
    for (let at = 0; at <= delay; at++) all += ofOlder[at]!;
    found[delay] = { exact: ofOlder[delay]!, all };
  }
  return found;
}

function matureAfter(groups: readonly DelayGroup[], past: number): number | null {
  if (groups.every(({ labels }) => labels < fewLabels)) return null;
  const delays = groups.map(({ within }) => within.findIndex((share) => share >= MATURE_SHARE) + 1);
  const longest = Math.max(...delays);
  return longest > 0 && past >= pastPerDelay * longest ? longest : null;
}
