/**
 * a log(a / mean) + mean − a for positive numbers: half the Poisson deviance, exact where a is close to the mean.
 *
 * Source: `bd0` of Loader (2000), "Fast and accurate computation of binomial probabilities".
 */
export function deviance(a: number, mean: number): number {
  if (Math.abs(a - mean) >= 0.1 * (a + mean)) return a * Math.log(a / mean) + mean - a;
  // log(a / mean) = 2 atanh(v), by its series.
  const v = (a - mean) / (a + mean);
  let sum = (a - mean) * v;
  let power = 2 * a * v;
  for (let odd = 3; ; odd += 2) {
    power *= v * v;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
}
