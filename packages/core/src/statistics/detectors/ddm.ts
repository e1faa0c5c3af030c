import type { Detections } from "./detections.ts";

/**
 * Drift detection method on a stream of errors (1) and hits (0): fires when the error rate rises well above its
 * lowest point so far. Fires falsely in 42 % of stationary streams of 5000: a warning at most, for comparison.
 *
 * Source: Gama, Medas, Castillo & Rodrigues (2004), SBIA. It starts anew after each drift.
 *
 * @param options thresholds in standard deviations, and the values before the first check.
 */
export function ddm(errors: ArrayLike<number>, { warmStart = 30, warning = 2, drift = 3 } = {}): Detections {
  const drifts: number[] = [];
  const warnings: number[] = [];
  let [n, rate, lowestRate, lowestDeviation] = [0, 0, Infinity, Infinity];
  let warned = false;
  for (let at = 0; at < errors.length; at++) {
    n++;
    rate += (errors[at]! - rate) / n;
    if (n <= warmStart) continue;
    const deviation = Math.sqrt((rate * (1 - rate)) / n);
    if (rate + deviation <= lowestRate + lowestDeviation) [lowestRate, lowestDeviation] = [rate, deviation];

    const isDrift = rate + deviation > lowestRate + drift * lowestDeviation;
    const isWarning = !isDrift && rate + deviation > lowestRate + warning * lowestDeviation;
    if (isWarning && !warned) warnings.push(at);
    warned = isWarning;
    if (isDrift) {
      drifts.push(at);
      [n, rate, lowestRate, lowestDeviation] = [0, 0, Infinity, Infinity];
    }
  }
  return { drifts, warnings };
}
