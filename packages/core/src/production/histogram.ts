import { addIntegers } from "./add-integers.ts";

/** How many rows fall into each bin that has some, by bin, ascending. */
export type Histogram = readonly (readonly [bin: number, rows: number])[];

/** @param bins one for each row, in any order. */
export function histogramOf(bins: Iterable<number>): Histogram {
  const counts = new Map<number, number>();
  for (const bin of bins) counts.set(bin, (counts.get(bin) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}

export function addHistograms(a: Histogram, b: Histogram): Histogram {
  if (a.length === 0) return b;
  const merged: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]];
    if (y === undefined || (x !== undefined && x[0] < y[0])) {
      merged.push(x!);
      i++;
    } else if (x === undefined || y[0] < x[0]) {
      merged.push(y);
      j++;
    } else {
      merged.push([x[0], addIntegers(x[1], y[1])]);
      i++;
      j++;
    }
  }
  return merged;
}
