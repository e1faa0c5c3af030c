import { normalCdf, normalQuantile } from "../special/normal.ts";
import { quantile } from "./quantile.ts";

export interface BcaRequest {
  readonly estimate: number;
  /** Estimates of the bootstrap resamples. */
  readonly replicates: Float64Array;
  /** Estimates with one row, or one group of rows, left out at a time. */
  readonly jackknife: Float64Array;
  /** Default 0.95, two-sided. */
  readonly level?: number;
}

export interface BcaInterval {
  readonly interval: readonly [number, number];
  /** Bias correction: how far the median of the replicates is off, in standard deviations. */
  readonly bias: number;
  /** How fast the standard error changes with the estimate. */
  readonly acceleration: number;
  /** The probabilities at which the replicates are read in place of (1 ± level) / 2. */
  readonly probabilities: readonly [number, number];
}

/**
 * Bias-corrected and accelerated bootstrap interval, for small or skewed samples.
 *
 * Source: Efron (1987), JASA 82; Efron & Tibshirani (1993), chapter 14. Replicates equal to the estimate count half.
 *
 * @returns `null` when all replicates lie on one side of the estimate, or none exist.
 */
export function bcaInterval({ estimate, replicates, jackknife, level = 0.95 }: BcaRequest): BcaInterval | null {
  const below = replicates.reduce((sum, value) => sum + (value < estimate ? 1 : value === estimate ? 0.5 : 0), 0);
  const bias = normalQuantile(below / replicates.length);
  if (!Number.isFinite(bias)) return null;
  const acceleration = accelerationOf(jackknife);
  const adjusted = (probability: number) => {
    const z = bias + normalQuantile(probability);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  const probabilities = [adjusted((1 - level) / 2), adjusted((1 + level) / 2)] as const;
  const sorted = replicates.slice().sort();
  return {
    interval: [quantile(sorted, probabilities[0]), quantile(sorted, probabilities[1])],
    bias,
    acceleration,
    probabilities,
  };
}

/** A sixth of the skewness of the jackknife; 0 when leaving a row out changes nothing. */
function accelerationOf(jackknife: Float64Array): number {
  const mean = jackknife.reduce((sum, value) => sum + value, 0) / jackknife.length;
  let squares = 0;
  let cubes = 0;
  for (const value of jackknife) {
    const gap = mean - value;
    squares += gap * gap;
    cubes += gap * gap * gap;
  }
  return squares > 0 ? cubes / (6 * squares * Math.sqrt(squares)) : 0;
}
