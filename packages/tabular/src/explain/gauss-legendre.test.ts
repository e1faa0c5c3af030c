import { expect, it } from "vitest";
import { gaussLegendre } from "./gauss-legendre.ts";

/** Integral of t^degree over [0, 1] by the rule. */
function moment(count: number, degree: number): number {
  const { points, weights } = gaussLegendre(count);
  let sum = 0;
  for (const [i, t] of points.entries()) {
    let power = 1;
    for (let k = 0; k < degree; k++) power *= t;
    sum += weights[i]! * power;
  }
  return sum;
}

it.each([1, 2, 3, 4, 5, 8, 16, 33, 100])(
  "%i points integrate polynomials up to twice their number exactly",
  (count) => {
    for (let degree = 0; degree < 2 * count; degree++) {
      expect(Math.abs(moment(count, degree) * (degree + 1) - 1)).toBeLessThan(1e-13);
    }
    expect(Math.abs(moment(count, 2 * count) * (2 * count + 1) - 1)).toBeGreaterThan(count < 12 ? 1e-13 : 0);
  },
);

it("has the published points", () => {
  const { points, weights } = gaussLegendre(3);

  expect([...points].map((point) => 2 * point - 1)).toEqual([
    expect.closeTo(-0.774596669241483, 14),
    expect.closeTo(0, 14),
    expect.closeTo(0.774596669241483, 14),
  ]);
  expect([...weights]).toEqual([expect.closeTo(5 / 18, 14), expect.closeTo(8 / 18, 14), expect.closeTo(5 / 18, 14)]);
});

it("has no points where there is nothing to integrate", () => {
  expect(gaussLegendre(0).points).toHaveLength(0);
});
