import type { RowGroups } from "./group-numbers.ts";
import { DAY } from "../time.ts";

/**
 * Rows in stretches of `days` from the first instant on, for resampling: what happens close together is not
 * independent. A stretch without rows has no number.
 *
 * Source: the non-overlapping block bootstrap, Carlstein (1986), Annals of Statistics 14.
 *
 * @param instants epoch milliseconds, one per row.
 */
export function timeBlocks(instants: Float64Array, days: number): RowGroups {
  const first = instants.reduce((least, at) => Math.min(least, at), Infinity);
  const known = new Map<number, number>();
  const groups = Int32Array.from(instants, (at) => {
    const stretch = Math.floor((at - first) / (days * DAY));
    const number = known.get(stretch) ?? known.size;
    known.set(stretch, number);
    return number;
  });
  return { groups, count: known.size };
}
