import type { MetricName } from "../spec/metric-names.ts";
import { deltaMethod, type Estimate } from "./delta-method.ts";
import type { Histogram } from "./histogram.ts";
import { binScore } from "./significant-bits.ts";

/** Rows by bin of the score, ascending. */
interface ScoreCells {
  readonly scores: readonly number[];
  readonly negatives: readonly number[];
  readonly positives: readonly number[];
}

/** What the scores of negative and of positive rows tell; rows in one bin are tied. */
export function measureScores(
  [negative = [], positive = []]: readonly Histogram[],
  metric: MetricName,
): Estimate | null {
  const cells = cellsOf(negative, positive);
  const size = cells.scores.length;
  const deltaOf = (statistic: (negatives: Float64Array, positives: Float64Array) => number | undefined) =>
    deltaMethod([...cells.negatives, ...cells.positives], (shares) =>
      statistic(shares.subarray(0, size), shares.subarray(size)),
    );
  if (metric === "rocAuc") return deLongOfCells(cells);
  if (metric === "prAuc") return deltaOf(precisionArea);
  if (metric === "ece") return deltaOf((negatives, positives) => calibrationError(cells.scores, negatives, positives));
  return null;
}

function cellsOf(negative: Histogram, positive: Histogram): ScoreCells {
  const cells = { scores: [] as number[], negatives: [] as number[], positives: [] as number[] };
  let [i, j] = [0, 0];
  while (i < negative.length || j < positive.length) {
    const bin = Math.min(negative[i]?.[0] ?? Infinity, positive[j]?.[0] ?? Infinity);
    cells.scores.push(binScore(bin));
    cells.negatives.push(negative[i]?.[0] === bin ? negative[i++]![1] : 0);
    cells.positives.push(positive[j]?.[0] === bin ? positive[j++]![1] : 0);
  }
  return cells;
}

/**
 * As `deLong`, for one model and tied rows together.
 *
 * Source: DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44.
 *
 * @returns `null` with fewer than two positives or two negatives.
 */
function deLongOfCells({ negatives, positives }: ScoreCells): Estimate | null {
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const [ofNegatives, ofPositives] = [total(negatives), total(positives)];
  if (ofNegatives < 2 || ofPositives < 2) return null;
  let below = 0;
  const shareBeaten = negatives.map((count) => {
    const beaten = (below + count / 2) / ofNegatives;
    below += count;
    return beaten;
  });
  let above = ofPositives;
  const shareBeatenBy = positives.map((count) => {
    above -= count;
    return (above + count / 2) / ofPositives;
  });
  const first = meanAndVariance(shareBeaten, positives, ofPositives);
  const second = meanAndVariance(shareBeatenBy, negatives, ofNegatives);
  return {
    value: first.mean,
    standardError: Math.sqrt(first.variance / ofPositives + second.variance / ofNegatives),
  };
}

/** Of numbers that stand for `counts` rows each. */
function meanAndVariance(values: readonly number[], counts: readonly number[], rows: number) {
  const mean = values.reduce((sum, value, cell) => sum + counts[cell]! * value, 0) / rows;
  const squares = values.reduce((sum, value, cell) => sum + counts[cell]! * (value - mean) * (value - mean), 0);
  return { mean, variance: squares / (rows - 1) };
}

/** Average precision, as `prepareAveragePrecision`. @param negatives, positives: shares by bin, ascending. */
function precisionArea(negatives: Float64Array, positives: Float64Array): number | undefined {
  let found = 0;
  let all = 0;
  let sum = 0;
  for (let bin = positives.length - 1; bin >= 0; bin--) {
    all += negatives[bin]! + positives[bin]!;
    found += positives[bin]!;
    if (all > 0) sum += positives[bin]! * (found / all);
  }
  return found > 0 ? sum / found : undefined;
}

/** As many as `prepareCalibrationError` has. */
const calibrationBins = 10;

/** As `prepareCalibrationError`; rows of one bin of scores are spread evenly over the calibration bins that they reach into. */
function calibrationError(
  scores: readonly number[],
  negatives: Float64Array,
  positives: Float64Array,
): number | undefined {
  const gaps = new Float64Array(calibrationBins);
  let before = 0;
  for (let cell = 0; cell < scores.length; cell++) {
    const share = negatives[cell]! + positives[cell]!;
    if (share === 0) continue;
    const gap = (positives[cell]! - share * scores[cell]!) / share;
    const end = before + share;
    for (let bin = Math.min(calibrationBins - 1, Math.floor(before * calibrationBins)); bin < calibrationBins; bin++) {
      const inBin = Math.min(end, (bin + 1) / calibrationBins) - Math.max(before, bin / calibrationBins);
      if (inBin <= 0) break;
      gaps[bin]! += inBin * gap;
    }
    before = end;
  }
  return before > 0 ? gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) : undefined;
}
