/** Points in (0, 1), and how much each counts. */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Points and weights whose weighted sum is the integral over [0, 1], exactly for polynomials of a degree up to 2 × `count` - 1.
 *
 * Roots of the Legendre polynomial by Newton's method (Abramowitz & Stegun 1964, 25.4.29 and 22.16.6). Example: two points are
 * 0.5 ± 0.2887, with the weight 0.5 each. O(count²).
 */
export function gaussLegendre(count: number): Quadrature {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let step = 0; step < MOST_STEPS; step++) {
      const [value, before] = legendre(count, x);
      slope = (count * (before - x * value)) / (1 - x * x);
      x -= value / slope;
      if (Math.abs(value / slope) < 1e-16) break;
    }
    points[i] = (1 - x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}

/** From that start each step doubles the right digits; five are enough. */
const MOST_STEPS = 10;

/** @returns the polynomials of degree `count` and `count` - 1 at x. */
function legendre(count: number, x: number): [value: number, before: number] {
  let [before, value] = [1, x];
  for (let degree = 2; degree <= count; degree++) {
    [before, value] = [value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree];
  }
  return [value, before];
}
