const halfLogTwoPi = 0.918938533204672741780329736406;
/** B_2k / (2k (2k − 1)), the coefficients of Stirling's series. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156, -3617 / 122_400];

/**
 * The remainder of Stirling's formula: log Γ(x) − ((x − ½) log x − x + ½ log 2π), for x > 0.
 *
 * Absolute error below 1e-15. Kept apart from log Γ because densities need it where log Γ itself is too large to
 * subtract. Source: Abramowitz & Stegun 6.1.40 for x ≥ 10, the recurrence below.
 */
export function stirlingRemainder(x: number): number {
  if (x < 10) return logGamma(x) - ((x - 0.5) * Math.log(x) - x + halfLogTwoPi);
  const inverseSquare = 1 / (x * x);
  let sum = 0;
  for (let term = stirling.length - 1; term >= 0; term--) sum = sum * inverseSquare + stirling[term]!;
  return sum / x;
}

/**
 * Natural logarithm of the gamma function, for x > 0.
 *
 * Error below 2e-15 × max(1, |log Γ(x)|, x). Source: Stirling's series at x ≥ 10, reached by
 * Γ(x) = Γ(x + n) / (x (x + 1) … (x + n − 1)).
 */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 10) product *= shifted++;
  return (shifted - 0.5) * Math.log(shifted) - shifted + halfLogTwoPi + stirlingRemainder(shifted) - Math.log(product);
}
