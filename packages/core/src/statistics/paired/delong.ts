import { sortedOrder } from "../resampling/sorted-order.ts";

export interface DeLong {
  readonly aucChampion: number;
  readonly aucChallenger: number;
  readonly varianceChampion: number;
  readonly varianceChallenger: number;
  readonly covariance: number;
  /** Challenger − champion. */
  readonly difference: number;
  /** Of the difference; 0 when the two rank every pair alike. */
  readonly standardError: number;
}

/**
 * DeLong's variance of the difference of two ROC AUCs on the same rows, in O(n log n).
 *
 * `target` is 1 for positives, anything else is negative. Ties in score count half.
 *
 * Source: DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44; placements by sorting after Sun & Xu (2014),
 * IEEE Signal Processing Letters 21.
 *
 * @returns `null` with fewer than two positives or two negatives, where no variance can be estimated.
 */
export function deLong(target: Float64Array, champion: Float64Array, challenger: Float64Array): DeLong | null {
  const positives = target.reduce((count, label) => count + (label === 1 ? 1 : 0), 0);
  const negatives = target.length - positives;
  if (positives < 2 || negatives < 2) return null;

  const first = placements(target, champion, positives, negatives);
  const second = placements(target, challenger, positives, negatives);
  const covariance = (a: Placements, b: Placements) =>
    sampleCovariance(a.positives, b.positives) / positives + sampleCovariance(a.negatives, b.negatives) / negatives;
  // The variance of the difference comes from the differences themselves, so that equal rankings give exactly 0.
  const difference: Placements = {
    positives: second.positives.map((value, i) => value - first.positives[i]!),
    negatives: second.negatives.map((value, i) => value - first.negatives[i]!),
  };
  return {
    aucChampion: mean(first.positives),
    aucChallenger: mean(second.positives),
    varianceChampion: covariance(first, first),
    varianceChallenger: covariance(second, second),
    covariance: covariance(first, second),
    difference: mean(difference.positives),
    standardError: Math.sqrt(covariance(difference, difference)),
  };
}

/** For each positive the share of negatives that it beats, for each negative the share of positives that beat it. */
interface Placements {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/** Both lists are in row order, so that those of two models can be paired. */
function placements(target: Float64Array, scores: Float64Array, positives: number, negatives: number): Placements {
  const order = sortedOrder(scores);
  const beaten = new Float64Array(scores.length);
  let positivesBelow = 0;
  let negativesBelow = 0;
  for (let start = 0; start < order.length;) {
    const score = scores[order[start]!]!;
    let end = start;
    let tiedPositives = 0;
    while (end < order.length && scores[order[end]!] === score) if (target[order[end++]!] === 1) tiedPositives++;
    const tiedNegatives = end - start - tiedPositives;
    const forPositive = (negativesBelow + tiedNegatives / 2) / negatives;
    const forNegative = (positives - positivesBelow - tiedPositives / 2) / positives;
    for (; start < end; start++) beaten[order[start]!] = target[order[start]!] === 1 ? forPositive : forNegative;
    positivesBelow += tiedPositives;
    negativesBelow += tiedNegatives;
  }
  const found: Placements = { positives: new Float64Array(positives), negatives: new Float64Array(negatives) };
  for (let row = 0, positive = 0; row < beaten.length; row++) {
    if (target[row] === 1) found.positives[positive++] = beaten[row]!;
    else found.negatives[row - positive] = beaten[row]!;
  }
  return found;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** With the divisor n − 1. */
function sampleCovariance(a: Float64Array, b: Float64Array): number {
  const meanA = mean(a);
  const meanB = mean(b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - meanA) * (b[i]! - meanB);
  return sum / (a.length - 1);
}
