import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { relativeError } from "../../../test/relative-error.ts";
import { chiSquaredCritical, chiSquaredSf } from "./chi-squared.ts";
import { regularisedGamma } from "./regularised-gamma.ts";

describe("regularisedGamma", () => {
  // Values from mpmath with 60 digits: P, then Q.
  it.each([
    [0.5, 1e-10, 1.1283791670579e-5, 0.9999887162083294],
    [0.5, 0.1, 0.345279153981423, 0.654720846018577],
    [0.5, 30, 0.9999999999999906, 9.485737571073848e-15],
    [0.5, 300, 1, 1.674167984691788e-132],
    [1, 1, 0.6321205588285577, 0.36787944117144233],
    [1.5, 140, 1, 2.1175537242323334e-60],
    [10, 3, 0.0011024881301154798, 0.9988975118698845],
    [10, 10, 0.5420702855281478, 0.4579297144718522],
    [100, 80, 0.017108313035133115, 0.9828916869648668],
    [100, 180, 0.999999999970517, 2.948294557648285e-11],
    [5000, 4700, 7.5970648619412704e-6, 0.999992402935138],
    [5000, 5400, 0.999999982793368, 1.7206631963239867e-8],
    [1e4, 9000, 2.073299202433928e-25, 1],
    [1e4, 11_000, 1, 1.6928531496469328e-22],
  ])("at (%f, %f), the smaller one to 1e-13", (a, x, lower, upper) => {
    const ours = regularisedGamma(a, x);

    expect(relativeError(Math.min(ours.lower, ours.upper), Math.min(lower, upper))).toBeLessThan(1e-13);
    expect(relativeError(Math.max(ours.lower, ours.upper), Math.max(lower, upper))).toBeLessThan(1e-14);
  });

  it("of 1 is the exponential distribution", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 500, noNaN: true }), (x) => {
        expect(relativeError(regularisedGamma(1, x).upper, Math.exp(-x))).toBeLessThan(1e-13);
      }),
    );
  });

  it("satisfies P(a + 1, x) = P(a, x) − x^a e^−x / Γ(a + 1), and both add up to 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 100, noNaN: true }), (a, x) => {
        let term = Math.exp(-x);
        for (let k = 1; k <= a; k++) term *= x / k;
        const [first, second] = [regularisedGamma(a, x), regularisedGamma(a + 1, x)];

        expect(second.lower).toBeCloseTo(first.lower - term, 13);
        expect(first.lower + first.upper).toBeCloseTo(1, 14);
      }),
    );
  });

  it.each([
    [2, 0, 0, 1],
    [2, Infinity, 1, 0],
    [0, 1, NaN, NaN],
    [1, -1, NaN, NaN],
  ])("at the edge (%f, %f)", (a, x, lower, upper) => {
    expect(regularisedGamma(a, x)).toEqual({ lower, upper });
  });
});

describe("chiSquaredCritical", () => {
  it.each([
    [0.05, 1, 3.8414588206941285],
    [0.05, 9, 16.91897760462045],
    [0.001, 2, 13.815510557964274],
    [0.95, 4, 0.7107230213973245],
  ])("at alpha %f with %f degrees of freedom is %f", (alpha, dof, truth) => {
    expect(relativeError(chiSquaredCritical(alpha, dof), truth)).toBeLessThan(1e-13);
  });

  it("inverts the upper tail", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 200 }), (alpha, dof) => {
        expect(relativeError(chiSquaredSf(chiSquaredCritical(alpha, dof), dof), alpha)).toBeLessThan(1e-11);
      }),
    );
  });
});
