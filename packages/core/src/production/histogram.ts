import { addIntegers } from "./add-integers.ts";

/** How many rows fall into each bin that has some, by bin, ascending. */
export type Histogram = readonly (readonly [bin: number, rows: number])[];

/** @param bins one for each row, in any order. */
export function histogramOf(bins: Iterable<number>): Histogram {
  const counts = new Map<number, number>();
  for (const bin of bins) counts.set(bin, (counts.get(bin) ?? 0) + 1);
  return ascending(counts);
}

export function addHistograms(a: Histogram, b: Histogram): Histogram {
  const counts = new Map<number, number>(a);
  for (const [bin, rows] of b) counts.set(bin, addIntegers(counts.get(bin) ?? 0, rows));
  return ascending(counts);
}

function ascending(counts: ReadonlyMap<number, number>): Histogram {
  return [...counts].sort(([a], [b]) => a - b);
}
