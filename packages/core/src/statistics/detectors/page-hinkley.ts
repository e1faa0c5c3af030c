/**
 * Page-Hinkley test on a stream: fires when the values' excess over their running mean adds up to `threshold`.
 *
 * The threshold is in units of the values times rows, so that a good one for one stream is useless for another.
 *
 * Source: Page (1954), Biometrika 41; with a forgetting factor and a floor at 0 as in MOA and river. It starts anew
 * after each drift.
 *
 * @param options `delta`: excess per value that is tolerated; `alpha`: share of the sum that is kept per value.
 * @returns indices of the values at which it fired.
 */
export function pageHinkley(
  values: ArrayLike<number>,
  { minInstances = 30, delta = 0.005, threshold = 50, alpha = 0.9999 } = {},
): number[] {
  const drifts: number[] = [];
  let [n, mean, excess] = [0, 0, 0];
  for (let at = 0; at < values.length; at++) {
    n++;
    mean += (values[at]! - mean) / n;
    excess = Math.max(0, alpha * excess + (values[at]! - mean - delta));
    // `n + 1` as in river, whose published expectations we hold.
    if (n + 1 >= minInstances && excess >= threshold) {
      drifts.push(at);
      [n, mean, excess] = [0, 0, 0];
    }
  }
  return drifts;
}
