import { DAY } from "../time.ts";

export interface Span {
  /** When a run may first look, and where the replay ends, epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly everyDays: number;
}

/** Instants at which the command runs; the last of them has rows after it. */
export function nightsOf({ from, to, everyDays }: Span): number[] {
  const nights: number[] = [];
  for (let at = from; at < to; at = from + nights.length * everyDays * DAY) nights.push(at);
  return nights;
}

/** Share of the history that is replayed by default: before it there is nothing to learn from. */
const REPLAYED = 0.8;
/** So many nights are about what a person waits for. */
const MOST_NIGHTS = 60;

/**
 * The whole history but its first fifth, in whole weeks where there are few enough of them.
 *
 * @param times ascending, epoch milliseconds.
 * @param minRows with fewer rows the data are refused, so that nothing could be seen earlier.
 */
export function defaultSpan(times: Float64Array, minRows: number): Span {
  const [oldest, newest] = [times[0]!, times.at(-1)!];
  const enough = times[Math.min(Math.max(minRows, 1), times.length) - 1]!;
  const from = Math.ceil(Math.max(newest - (newest - oldest) * REPLAYED, enough) / DAY) * DAY;
  const days = (newest - from) / DAY;
  const weeks = Math.ceil(days / MOST_NIGHTS / 7);
  return { from, to: newest, everyDays: days < MOST_NIGHTS ? 1 : 7 * Math.max(1, weeks) };
}

/** Share of the nights on which policies are chosen. */
const CHOSEN_ON = 0.8;

/** How many of the nights the choice may look at; the rest is kept back for what was chosen. */
export function nightsToChooseOn(nights: number): number {
  return Math.ceil(nights * CHOSEN_ON);
}
