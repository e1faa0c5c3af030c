import { quantile } from "./quantile.ts";
import { randomBits } from "./random-bits.ts";

export interface BlockBootstrapRequest {
  /** In their order in time, such as a difference per step. */
  readonly values: readonly number[];
  /** [values]: how much each counts, not negative. */
  readonly weights: readonly number[];
  readonly seed: number;
  readonly replicates?: number;
}

/** A weighted mean with its interval of 95 %. */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The mean of a series whose neighbours are alike: blocks of neighbours are drawn, in a circle, each as long as the cube root
 * of the series. Source: Politis & Romano (1992), "A circular block-resampling procedure for stationary data".
 *
 * @returns `null` for fewer than four values, of which no interval can be told.
 */
export function blockBootstrap({
  values,
  weights,
  seed,
  replicates = 2000,
}: BlockBootstrapRequest): MeanInterval | null {
  const count = values.length;
  if (count < 4) return null;
  const length = Math.max(1, Math.ceil(Math.cbrt(count)));
  const means = new Float64Array(replicates);
  for (let replicate = 0; replicate < replicates; replicate++) {
    const next = randomBits(seed, replicate);
    let [sum, weight] = [0, 0];
    for (let drawn = 0; drawn < count; drawn += length) {
      const start = next() % count;
      for (let i = 0; i < Math.min(length, count - drawn); i++) {
        const place = (start + i) % count;
        sum += weights[place]! * values[place]!;
        weight += weights[place]!;
      }
    }
    means[replicate] = weight === 0 ? 0 : sum / weight;
  }
  means.sort();
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = values.reduce((sum, value, i) => sum + weights[i]! * value, 0) / total;
  return { mean, low: quantile(means, 0.025), high: quantile(means, 0.975) };
}
