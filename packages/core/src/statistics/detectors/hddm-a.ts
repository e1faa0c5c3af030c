import type { Detections } from "./detections.ts";

interface Mean {
  readonly n: number;
  readonly value: number;
}

/**
 * Drift detection by Hoeffding's bound on a stream in [0, 1]: fires when the mean rises above what it was at the
 * best cut so far; two-sided also when it falls.
 *
 * Source: Frías-Blanco et al. (2015), IEEE TKDE 27, the A-test. It starts anew after each drift.
 *
 * @param options chances of a false drift and of a false warning.
 */
export function hddmA(
  values: ArrayLike<number>,
  { driftConfidence = 0.001, warningConfidence = 0.005, twoSided = false } = {},
): Detections {
  const drifts: number[] = [];
  const warnings: number[] = [];
  let [all, lowest, highest] = [nothing, nothing, nothing];
  let warned = false;
  const moved = (confidence: number) =>
    isAbove(all, lowest, confidence) || (twoSided && isAbove(highest, all, confidence));
  for (let at = 0; at < values.length; at++) {
    const n = all.n + 1;
    all = { n, value: all.value + (values[at]! - all.value) / n };
    if (bound(lowest, 1, driftConfidence) >= bound(all, 1, driftConfidence)) lowest = all;
    if (bound(highest, -1, driftConfidence) <= bound(all, -1, driftConfidence)) highest = all;

    const isDrift = moved(driftConfidence);
    const isWarning = !isDrift && moved(warningConfidence);
    if (isWarning && !warned) warnings.push(at);
    warned = isWarning;
    if (isDrift) {
      drifts.push(at);
      [all, lowest, highest] = [nothing, nothing, nothing];
    }
  }
  return { drifts, warnings };
}

/** Of no values: its bounds are infinite, so that the first value replaces it as lowest and highest. */
const nothing: Mean = { n: 0, value: 0 };

/** Upper (1) or lower (−1) Hoeffding bound of a mean. */
function bound({ n, value }: Mean, side: 1 | -1, confidence: number): number {
  return value + side * Math.sqrt(Math.log(1 / confidence) / (2 * n));
}

/** Whether one mean exceeds the other significantly, where the older of the two is a part of the newer. */
function isAbove(upper: Mean, lower: Mean, confidence: number): boolean {
  const [part, whole] = upper.n < lower.n ? [upper, lower] : [lower, upper];
  if (part.n === whole.n) return false;
  const scale = (whole.n - part.n) / (part.n * whole.n);
  return upper.value - lower.value >= Math.sqrt((scale / 2) * Math.log(2 / confidence));
}
