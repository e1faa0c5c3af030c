const epsilon = 2.220446049250313e-16;
/** Stands in for a zero denominator. */
const tiny = 1e-300;
/** Far beyond what our fractions need; ends the loop where rounding keeps the last step from being 1. */
const mostSteps = 100_000;

/**
 * The continued fraction first + a(1) / (b(1) + a(2) / (b(2) + …)), until a step changes nothing.
 *
 * Source: Lentz (1976) as modified by Thompson & Barnett (1986); Numerical Recipes 5.2.
 */
export function lentz(first: number, a: (step: number) => number, b: (step: number) => number): number {
  let value = first === 0 ? tiny : first;
  let c = value;
  let d = 0;
  for (let step = 1; step < mostSteps; step++) {
    const numerator = a(step);
    const denominator = b(step);
    d = 1 / nonZero(denominator + numerator * d);
    c = nonZero(denominator + numerator / c);
    value *= c * d;
    if (Math.abs(c * d - 1) <= epsilon) break;
  }
  return value;
}

function nonZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
