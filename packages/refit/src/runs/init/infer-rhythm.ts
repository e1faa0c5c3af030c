import { DAY } from "@refit/core/decide";

/** How rows arrive, and what follows for holdout, triggers and windows. */
export interface Rhythm {
  /** Days of the holdout: never fewer than a week, if there is a history, so that it has each day of the week. */
  readonly days: number;
  /** Rows without which nothing is decided. */
  readonly minRows: number;
  /** Days from one retrain to the next: those of the holdout, and a week at least, for the sake of the people who review it. */
  readonly retrainDays: number;
  /** Rows that do not wait for that: twice as many as usually come in these days, and at most half of what is there. */
  readonly burstRows: number;
  /** Days of a long and of a short window that are worth trying beside all rows; none where there is too little history. */
  readonly windows: readonly number[];
}

/**
 * Rows, and rows of the second most frequent class, that show a harm of 0.10 four times in five where both models have most of their
 * training in common. What is rarer among many classes is not waited for, nor does a verdict count it (docs/decisions/0032).
 */
const ENOUGH = { rows: 150, ofSecondClass: 50 };
/** The holdout never takes more of the history than this. */
const MOST_HELD_OUT = 1 / 3;
/** A short window: this many holdouts, and this many rows; a long one is three short ones. */
const SHORT_WINDOW = { holdouts: 8, rows: 2000 };

const WEEK = 7;

/** Spans that people think in. */
const spans = [1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56, 91, 182, 365, 730];

/**
 * The fewest days whose newest rows are enough to decide, and a week at least (docs/decisions/0034): all that came since the champion,
 * at a weekly rhythm. Never a share of all time.
 *
 * @param times epoch milliseconds; NaN: missing.
 * @param classes [rows]: class of each row, from 0; `null`: the target has none.
 */
export function inferRhythm(times: Float64Array, classes: Int32Array | null): Rhythm | null {
  const finite = times.filter((time) => Number.isFinite(time));
  if (finite.length === 0) return null;
  const newest = finite.reduce((a, b) => Math.max(a, b));
  const oldest = finite.reduce((a, b) => Math.min(a, b));
  const span = (newest - oldest) / DAY;
  const most = span * MOST_HELD_OUT;
  const rowsIn = (days: number) => times.reduce((sum, time) => sum + (time >= newest - days * DAY ? 1 : 0), 0);
  const isEnough = (days: number) =>
    rowsIn(days) >= ENOUGH.rows &&
    (classes === null || secondClass(times, classes, newest - days * DAY) >= ENOUGH.ofSecondClass);

  const possible = spans.filter((days) => days <= most);
  const days = possible.find((each) => each >= WEEK && isEnough(each)) ?? possible.at(-1);
  if (days === undefined) return null;
  const short = spans.find((each) => each >= SHORT_WINDOW.holdouts * days && rowsIn(each) >= SHORT_WINDOW.rows);
  const retrainDays = Math.max(days, WEEK);
  return {
    days,
    minRows: Math.max(20, Math.min(ENOUGH.rows, Math.floor(rowsIn(days) / 2))),
    retrainDays,
    burstRows: Math.min(2 * rowsIn(retrainDays), Math.ceil(finite.length / 2)),
    windows: short === undefined ? [] : [3 * short, short].filter((each) => each < 0.75 * span),
  };
}

/** Rows of the second most frequent class since an instant. */
function secondClass(times: Float64Array, classes: Int32Array, since: number): number {
  const counts = new Map<number, number>();
  times.forEach((time, row) => {
    const each = classes[row]!;
    if (each >= 0 && time >= since) counts.set(each, (counts.get(each) ?? 0) + 1);
  });
  return [...counts.values()].toSorted((a, b) => b - a)[1] ?? 0;
}
