import { bisect } from "./bisect.ts";

/**
 * Upper tail of the limiting Kolmogorov distribution: P(K ≥ lambda); 1 at 0. Relative error below 1e-14.
 *
 * Source: Kolmogorov (1933) for lambda ≥ 1, the theta series dual to it below, where the first one alternates badly.
 */
export function kolmogorovQ(lambda: number): number {
  if (!(lambda > 0)) return 1;
  return lambda < 1 ? 1 - dualSeries(lambda) : alternatingSeries(lambda);
}

/** The lambda that is exceeded with probability `alpha` in (0, 1]. */
export function kolmogorovCritical(alpha: number): number {
  return bisect(0, 30, (lambda) => kolmogorovQ(lambda) <= alpha);
}

function alternatingSeries(lambda: number): number {
  let sum = 0;
  let sign = 1;
  for (let k = 1; ; k++) {
    const term = Math.exp(-2 * (k * lambda) * (k * lambda));
    sum += sign * term;
    sign = -sign;
    if (term <= 1e-17 * sum || term === 0) return 2 * sum;
  }
}

function dualSeries(lambda: number): number {
  let sum = 0;
  for (let odd = 1; ; odd += 2) {
    const term = Math.exp((-odd * odd * Math.PI * Math.PI) / (8 * lambda * lambda));
    sum += term;
    if (term <= 1e-17 * sum) return (Math.sqrt(2 * Math.PI) / lambda) * sum;
  }
}
