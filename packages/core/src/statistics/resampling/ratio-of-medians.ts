import { median } from "./median.ts";
import { quantile } from "./quantile.ts";
import { randomBits } from "./random-bits.ts";

/**
 * The ratio of two medians with a 90 % percentile bootstrap interval, for timings: medians ignore the outliers that
 * a shared machine makes. Both samples are resampled independently (Efron & Tibshirani 1993, section 13.3).
 *
 * @param numerator at least one timing, in the unit of the denominator.
 */
export function ratioOfMedians(
  numerator: Float64Array,
  denominator: Float64Array,
  { seed, replicates = 2000 }: { readonly seed: number; readonly replicates?: number },
): { readonly ratio: number; readonly interval: readonly [number, number] } {
  const ratios = new Float64Array(replicates);
  for (let replicate = 0; replicate < replicates; replicate++) {
    const next = randomBits(seed, replicate);
    ratios[replicate] = median(resampled(numerator, next)) / median(resampled(denominator, next));
  }
  ratios.sort();
  return {
    ratio: median(numerator) / median(denominator),
    interval: [quantile(ratios, 0.05), quantile(ratios, 0.95)],
  };
}

function resampled(values: Float64Array, next: () => number): Float64Array {
  return values.map(() => values[Math.floor((next() / 4_294_967_296) * values.length)]!);
}
