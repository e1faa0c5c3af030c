import type { Direction } from "../metrics/metric.ts";

export interface ScoredCandidate {
  readonly name: string;
  /** The primary metric on the validation rows; `undefined` where it could not be computed. */
  readonly value: number | undefined;
  /** Bytes of its artifact. */
  readonly sizeBytes: number;
}

/**
 * The candidate that meets the holdout: best on the validation rows, of equals the smaller, of those the first listed.
 *
 * Exactly one is chosen, so that the holdout is looked at once. `null` when none has a finite value.
 */
export function chooseCandidate<C extends ScoredCandidate>(
  candidates: readonly C[],
  { higherIsBetter }: Pick<Direction, "higherIsBetter">,
): C | null {
  const sign = higherIsBetter ? 1 : -1;
  let best: C | null = null;
  let bestScore = -Infinity;
  for (const candidate of candidates) {
    if (candidate.value === undefined || !Number.isFinite(candidate.value)) continue;
    const score = sign * candidate.value;
    if (best === null || score > bestScore || (score === bestScore && candidate.sizeBytes < best.sizeBytes)) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}
