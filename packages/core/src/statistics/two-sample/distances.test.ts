import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jensenShannonDistanceBase2, jensenShannonDivergence } from "./jensen-shannon.ts";
import { populationStability } from "./population-stability.ts";

const counts = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 3, maxLength: 3 });

describe("populationStability", () => {
  it("does not depend on the order of bins or samples, and is 0 for equal counts only", () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const { psi } = populationStability(a, b)!;
        expect(populationStability(a.toReversed(), b.toReversed())!.psi).toBeCloseTo(psi, 12);
        expect(psi).toBeGreaterThanOrEqual(0);
        expect(populationStability(a, a)!.psi).toBe(0);
        expect(populationStability(a, b, { smoothing: 0 })!.psi).toBeCloseTo(
          populationStability(b, a, { smoothing: 0 })!.psi,
          12,
        );
      }),
    );
  });

  it("stays finite with an empty bin", () => {
    expect(populationStability([100, 100, 100, 100], [150, 150, 100, 0])!.psi).toBeCloseTo(1.4196791703355414, 12);
    expect(populationStability([1, 0], [0, 1], { smoothing: 0 })!.psi).toBe(Infinity);
  });

  it("has p = alpha at the critical value", () => {
    const { critical } = populationStability([10, 20, 30], [30, 20, 10], { alpha: 0.01 })!;

    // chi-squared with two degrees of freedom is −2 log p
    expect(critical).toBeCloseTo(-2 * Math.log(0.01) * (1 / 60 + 1 / 60), 12);
  });

  it.each([
    [[], []],
    [
      [0, 0],
      [1, 2],
    ],
  ])("declines %j against %j", (a, b) => {
    expect(populationStability(a, b)).toBeNull();
  });
});

describe("jensenShannonDistanceBase2", () => {
  it("is symmetric, within [0, 1], and does not depend on the order of bins", () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const distance = jensenShannonDistanceBase2(a, b)!;
        expect(jensenShannonDistanceBase2(b, a)).toBeCloseTo(distance, 12);
        expect(jensenShannonDistanceBase2(a.toReversed(), b.toReversed())).toBeCloseTo(distance, 7);
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(distance).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("is 0 for equal shares, 1 for disjoint ones, nothing without counts", () => {
    expect(jensenShannonDistanceBase2([5, 5], [10, 10])).toBe(0);
    expect(jensenShannonDistanceBase2([5, 0], [0, 9])).toBeCloseTo(1, 12);
    expect(jensenShannonDistanceBase2([0, 0], [1, 2])).toBeNull();
    expect(jensenShannonDivergence([5, 0], [0, 9])).toBeCloseTo(Math.LN2, 12);
  });
});
