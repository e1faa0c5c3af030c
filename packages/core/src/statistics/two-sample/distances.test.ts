import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jensenShannonCriticalBase2, jensenShannonDistanceBase2, jensenShannonDivergence } from "./jensen-shannon.ts";
import { countByEdges, populationStability, quantileEdges } from "./population-stability.ts";
import { populationDeviation, scaledWasserstein1, wasserstein1 } from "./wasserstein.ts";

const counts = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 3, maxLength: 3 });
const value = fc.double({ min: -1000, max: 1000, noNaN: true });
const sample = fc.array(value, { minLength: 1, maxLength: 20 }).map((values) => Float64Array.from(values));
const w1 = (a: Float64Array, b: Float64Array) => wasserstein1({ values: a }, { values: b })!;

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
    [[1], [2]],
    [
      [0, 0],
      [1, 2],
    ],
  ])("declines %j against %j", (a, b) => {
    expect(populationStability(a, b)).toBeNull();
  });
});

describe("quantile bins", () => {
  it("are equally filled by the values that made them", () => {
    const values = Float64Array.from({ length: 200 }, (_, i) => Math.sin(i));

    expect([...countByEdges(values, quantileEdges(values))]).toEqual(Array.from({ length: 10 }, () => 20));
  });

  it("take a value on an edge into the bin above", () => {
    expect([...countByEdges(Float64Array.of(0, 1, 1.5, 2, 3), Float64Array.of(1, 2))]).toEqual([1, 2, 2]);
  });

  it("merge where values are heaped, and hold every value", () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i < 80 ? 1 : i));
    const edges = quantileEdges(values);

    expect([...edges]).toEqual([...new Set(edges)]);
    expect(countByEdges(Float64Array.of(-Infinity, 1, 1e9, Infinity), edges).reduce((a, b) => a + b)).toBe(4);
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

  it("has a critical value that shrinks with the samples", () => {
    const critical = jensenShannonCriticalBase2(3, 100, 50, 0.05);

    expect(critical).toBeCloseTo(Math.sqrt((-2 * Math.log(0.05) * (1 / 100 + 1 / 50)) / (8 * Math.LN2)), 12);
    expect(jensenShannonCriticalBase2(3, 400, 200)).toBeCloseTo(critical / 2, 12);
  });
});

describe("wasserstein1", () => {
  it("is symmetric, scales with the values and ignores a common shift and the order of rows", () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const distance = w1(a, b);
        const tolerance = 1e-9;
        expect(Math.abs(w1(b, a) - distance)).toBeLessThan(tolerance);
        expect(Math.abs(w1(a.toReversed(), b) - distance)).toBeLessThan(tolerance);
        expect(
          Math.abs(
            w1(
              a.map((v) => 3 * v),
              b.map((v) => 3 * v),
            ) -
              3 * distance,
          ),
        ).toBeLessThan(tolerance);
        expect(
          Math.abs(
            w1(
              a.map((v) => v + 5),
              b.map((v) => v + 5),
            ) - distance,
          ),
        ).toBeLessThan(tolerance);
        expect(w1(a, a)).toBe(0);
      }),
    );
  });

  it("of a shifted sample is the shift", () => {
    fc.assert(
      fc.property(sample, value, (a, shift) => {
        expect(
          Math.abs(
            w1(
              a,
              a.map((v) => v + shift),
            ) - Math.abs(shift),
          ),
        ).toBeLessThan(1e-9);
      }),
    );
  });

  it("weighs a value by 2 like having it twice", () => {
    const weighted = wasserstein1(
      { values: Float64Array.of(1, 5), weights: Float64Array.of(2, 1) },
      { values: Float64Array.of(3) },
    );

    expect(weighted).toBeCloseTo(w1(Float64Array.of(1, 1, 5), Float64Array.of(3)), 12);
  });

  it("is infinite when only one sample reaches infinity", () => {
    expect(w1(Float64Array.of(1, Infinity), Float64Array.of(1, 2))).toBe(Infinity);
    expect(w1(Float64Array.of(1, Infinity), Float64Array.of(2, Infinity))).toBe(0.5);
  });
});

describe("scaledWasserstein1", () => {
  it("sees a tenfold change at any scale, without an absolute floor", () => {
    const small = scaledWasserstein1(Float64Array.of(1e-6, 2e-6, 3e-6, 4e-6), Float64Array.of(1e-5, 2e-5, 3e-5, 4e-5));
    const large = scaledWasserstein1(Float64Array.of(1, 2, 3, 4), Float64Array.of(10, 20, 30, 40));

    expect(small).toBeCloseTo(20.124611797498105, 9);
    expect(large).toBeCloseTo(small!, 9);
  });

  it("has no scale for a constant, and nothing to say of an empty sample", () => {
    expect(scaledWasserstein1(Float64Array.of(0.1, 0.1, 0.1), Float64Array.of(0.2))).toBeNull();
    expect(scaledWasserstein1(Float64Array.of(1, 2), new Float64Array(0))).toBeNull();
    expect(scaledWasserstein1(new Float64Array(0), Float64Array.of(1, 2))).toBeNull();
  });
});

describe("populationDeviation", () => {
  it("divides by n, and is exactly 0 for a constant", () => {
    expect(populationDeviation(Float64Array.of(0, 1, 3))).toBeCloseTo(1.247219128924647, 14);
    expect(populationDeviation(Float64Array.of(0.1, 0.1, 0.1))).toBe(0);
  });
});
