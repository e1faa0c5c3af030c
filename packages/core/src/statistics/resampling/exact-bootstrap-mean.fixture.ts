/** Every possible bootstrap mean, ascending, with the number of the n^n resamples that give it. */
export interface ExactBootstrap {
  readonly means: Float64Array;
  readonly counts: Float64Array;
  /** n^n. */
  readonly resamples: number;
}

const mostValues = 9;

/**
 * The whole bootstrap distribution of a mean, by enumeration: the truth that a seeded bootstrap must approach.
 *
 * Resamples are enumerated as multisets, so that nine values take 24,310 steps. Means within rounding of 0 are 0.
 *
 * @throws RangeError for no values or more than nine.
 */
export function exactBootstrapMean(values: readonly number[]): ExactBootstrap {
  const n = values.length;
  if (n < 1 || n > mostValues) throw new RangeError(`1 to ${mostValues} values can be enumerated, not ${n}`);
  const rounding = 1e-15 * Math.max(...values.map(Math.abs));
  const found: [mean: number, count: number][] = [];
  // Choose how often each value is drawn; `ways` is the multinomial coefficient so far.
  const draw = (index: number, left: number, sum: number, ways: number): void => {
    if (index === n - 1) {
      const mean = (sum + left * values[index]!) / n;
      found.push([Math.abs(mean) <= rounding ? 0 : mean, ways]);
      return;
    }
    let choices = ways;
    for (let times = 0; times <= left; times++) {
      draw(index + 1, left - times, sum + times * values[index]!, choices);
      choices = (choices * (left - times)) / (times + 1);
    }
  };
  draw(0, n, 0, 1);
  found.sort(([a], [b]) => a - b);
  return {
    means: Float64Array.from(found, ([mean]) => mean),
    counts: Float64Array.from(found, ([, count]) => count),
    resamples: found.reduce((sum, [, count]) => sum + count, 0),
  };
}

/** Type-7 quantile of the n^n means. */
export function exactBootstrapQuantile({ means, counts, resamples }: ExactBootstrap, probability: number): number {
  const place = probability * (resamples - 1);
  const below = Math.floor(place);
  const at = (index: number) => {
    let left = index;
    let group = 0;
    while (group < counts.length - 1 && left >= counts[group]!) left -= counts[group++]!;
    return means[group]!;
  };
  return at(below) + (place - below) * (at(Math.min(below + 1, resamples - 1)) - at(below));
}
