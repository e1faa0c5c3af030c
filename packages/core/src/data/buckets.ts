/** Natural logarithm of the ratio between the borders of a bucket: each is 2 % wide, so quantiles are within 1 %. */
const bucketLogRatio = Math.log(1.02);

/** Magnitudes below this count as zero. */
const bucketFloor = 1e-9;

/** Added to the logarithmic index, so that magnitudes from `bucketFloor` up have indices from 1. */
const bucketOffset = 1047;

/** No finite number has a key of a larger magnitude. */
export const largestKey = Math.ceil(Math.log(Number.MAX_VALUE) / bucketLogRatio) + bucketOffset;

/**
 * Key of the logarithmic bucket that a finite number falls into; keys grow with the numbers, 0 is zero.
 *
 * A positive x has key `ceil(ln x / ln 1.02) + 1047`, a negative one minus the key of its magnitude. The buckets are those
 * of DDSketch (Masson, Rim, Lee 2019, https://arxiv.org/abs/1908.10693) with a fixed ratio; they merge exactly.
 */
export function bucketOf(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude < bucketFloor) return 0;
  return Math.sign(x) * (Math.ceil(Math.log(magnitude) / bucketLogRatio) + bucketOffset);
}

/** The number that stands for a bucket: the geometric middle of its borders. */
export function bucketValue(key: number): number {
  if (key === 0) return 0;
  return Math.sign(key) * Math.exp((Math.abs(key) - bucketOffset - 0.5) * bucketLogRatio);
}

/**
 * Estimates quantiles of counted buckets, within 1 % of the true order statistics.
 *
 * @param buckets key and count, sorted by key.
 * @param range the exact smallest and largest number, which the estimates never leave.
 * @param probabilities each from 0 to 1, ascending.
 * @returns one number per probability; empty when nothing was counted.
 */
export function bucketQuantiles(
  buckets: readonly (readonly [key: number, count: number])[],
  range: { readonly min: number; readonly max: number },
  probabilities: readonly number[],
): number[] {
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return [];
  let next = 0;
  let reached = 0;
  return probabilities.map((probability) => {
    const rank = Math.max(1, Math.ceil(probability * total));
    while (reached < rank && next < buckets.length) reached += buckets[next++]![1];
    return Math.min(range.max, Math.max(range.min, bucketValue(buckets[next - 1]![0])));
  });
}
