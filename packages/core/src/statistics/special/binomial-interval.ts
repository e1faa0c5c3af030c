import { normalQuantile } from "./normal.ts";

export type Interval = readonly [low: number, high: number];

/**
 * Wilson's score interval for a share of `k` in `n`: for reports, close to its level on average.
 *
 * Source: Wilson (1927), JASA 22. Without trials it is [0, 1].
 *
 * @throws RangeError unless 0 ≤ k ≤ n.
 */
export function wilsonInterval(k: number, n: number, level = 0.95): Interval {
  checkCounts(k, n);
  if (n === 0) return [0, 1];
  const z = normalQuantile((1 + level) / 2);
  const share = k / n;
  const centre = share + (z * z) / (2 * n);
  const reach = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [k === 0 ? 0 : (centre - reach) / scale, k === n ? 1 : (centre + reach) / scale];
}

function checkCounts(k: number, n: number): void {
  if (!(k >= 0 && k <= n)) throw new RangeError(`${k} of ${n} is not a share`);
}
