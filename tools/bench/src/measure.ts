/** One line of the table: what refit took, over what it is measured against. */
export interface Measured {
  readonly what: string;
  readonly refit: string;
  readonly against: string;
  /** Of the medians; `null`: there is nothing to compare with yet. */
  readonly ratio: number | null;
  /** What the ratio (or the figure itself) may be, in words. */
  readonly bar: string;
  readonly runs: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >>> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** @returns milliseconds. */
export function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/**
 * Times two jobs in turn (A B A B …), so that both meet the same weather on the machine.
 *
 * @returns medians in milliseconds.
 */
export function inTurn(pairs: number, first: () => void, second: () => void): { first: number; second: number } {
  const times = Array.from({ length: pairs }, () => [timed(first), timed(second)] as const);
  return { first: median(times.map(([time]) => time)), second: median(times.map(([, time]) => time)) };
}

export function words(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1_000).toFixed(2)} s`;
}
