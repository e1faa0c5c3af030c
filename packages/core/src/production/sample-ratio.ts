import { logGamma } from "../statistics/special/log-gamma.ts";

/** How many keys got whose answer while the share of the canary was the same. */
export interface ArmCounts {
  /** [0, 100]: of the callers that should get the canary's answer. */
  readonly percent: number;
  /**
   * Distinct keys, or requests where there is no key. Not requests of the same key: they all go the same way, and a busy customer would look like
   * a broken assignment.
   */
  readonly champion: number;
  readonly canary: number;
}

export interface SampleRatio {
  /** Natural logarithm of the evidence that the arms are not shared as they should be; as often as one looks, it exceeds log 100 by chance with 1 %. */
  readonly logEvidence: number;
  readonly isMismatch: boolean;
}

/** Chance that a sound assignment is ever called a mismatch. */
const alpha = 0.01;
/** How many keys the alternative is worth: shares about √(share / 1000) away from the expected one are looked for first. */
const strength = 1000;

/**
 * Whether callers are shared between champion and canary as the percentage says; may be asked after each request.
 *
 * The ratio of two likelihoods, that of a share drawn from a beta distribution around the expected one, and that of the expected one: a
 * martingale where the assignment is sound, so Ville's inequality holds at all times. Each percentage counts by itself, and the ratios are multiplied.
 *
 * Source: Lindon & Malek (2022), "Anytime-valid inference for multinomial count data", NeurIPS 35.
 */
export function checkSampleRatio(counts: readonly ArmCounts[]): SampleRatio {
  const logEvidence = counts.reduce((sum, arms) => sum + logRatio(arms), 0);
  return { logEvidence, isMismatch: logEvidence >= -Math.log(alpha) };
}

function logRatio({ percent, champion, canary }: ArmCounts): number {
  const share = percent / 100;
  if (share <= 0) return canary > 0 ? Infinity : 0;
  if (share >= 1) return champion > 0 ? Infinity : 0;
  const [a, b] = [strength * share, strength * (1 - share)];
  const mixed = logBeta(a + canary, b + champion) - logBeta(a, b);
  return mixed - canary * Math.log(share) - champion * Math.log(1 - share);
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}
