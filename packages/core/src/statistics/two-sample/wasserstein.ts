import { sortedOrder } from "../resampling/sorted-order.ts";

/** Values with a positive weight each; absent weights are all 1. */
export interface Sample {
  readonly values: Float64Array;
  readonly weights?: Float64Array;
}

/**
 * Wasserstein-1 distance: the area between the two distribution functions, in the unit of the values.
 *
 * @returns `null` when a sample has no weight.
 */
export function wasserstein1(first: Sample, second: Sample): number | null {
  const a = cumulate(first);
  const b = cumulate(second);
  if (a === null || b === null) return null;
  let area = 0;
  let [i, j] = [0, 0];
  let previous = 0;
  while (i < a.values.length || j < b.values.length) {
    const value = Math.min(a.values[i] ?? Infinity, b.values[j] ?? Infinity);
    const height = Math.abs((a.upTo[i - 1] ?? 0) - (b.upTo[j - 1] ?? 0));
    if (height > 0 && value !== previous) area += height * (value - previous);
    previous = value;
    while (i < a.values.length && a.values[i]! <= value) i++;
    while (j < b.values.length && b.values[j]! <= value) j++;
  }
  return area;
}

/**
 * The distance in standard deviations of the first sample (the champion's data), whatever its scale: no floor.
 *
 * @returns `null` for an empty sample, and for a first sample without spread.
 */
export function scaledWasserstein1(first: Float64Array, second: Float64Array): number | null {
  const distance = wasserstein1({ values: first }, { values: second });
  const spread = populationDeviation(first);
  return distance === null || !(spread > 0) ? null : distance / spread;
}

/** Standard deviation with the divisor n; exactly 0 for a constant. */
export function populationDeviation(values: Float64Array): number {
  if (values.every((value) => value === values[0])) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return Math.sqrt(squares / values.length);
}

/** Ascending values, and the share of weight up to each; the last is exactly 1. */
function cumulate({ values, weights }: Sample): { values: Float64Array; upTo: Float64Array } | null {
  const order = sortedOrder(values);
  const upTo = new Float64Array(order.length);
  let sum = 0;
  for (let place = 0; place < order.length; place++) {
    sum += weights ? weights[order[place]!]! : 1;
    upTo[place] = sum;
  }
  if (!(sum > 0)) return null;
  return { values: Float64Array.from(order, (index) => values[index]!), upTo: upTo.map((weight) => weight / sum) };
}
