import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { relativeError } from "../../../test/relative-error.ts";
import { wilsonInterval } from "./binomial-interval.ts";
import { binomialCdf, binomialPmf } from "./binomial.ts";

describe("the binomial distribution", () => {
  // Values from exact sums in mpmath: of k, then up to k.
  it.each([
    [0, 10, 0.3, 0.028247524900000005, 0.028247524900000005],
    [3, 15, 0.5, 455 / 32_768, 576 / 32_768],
    [7, 14, 0.5, 0.20947265625, 0.604736328125],
    [10, 10, 0.9, 0.3486784401000001, 1],
    [40, 100, 0.5, 0.010843866711637987, 0.028443966820490395],
    [450, 1000, 0.5, 0.00016939724527711568, 0.0008652680424881588],
    [3, 1000, 0.001, 0.061282509389840645, 0.9810731665496396],
    [-1, 5, 0.5, 0, 0],
    [6, 5, 0.5, 0, 1],
    [2, 5, 0, 0, 1],
  ])("at %i of %i with %f", (k, n, probability, of, upTo) => {
    expect(relativeError(binomialPmf(k, n, probability), of)).toBeLessThan(1e-13);
    expect(relativeError(binomialCdf(k, n, probability), upTo)).toBeLessThan(1e-13);
  });

  it("adds up", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (n, probability) => {
          let sum = 0;
          for (let k = 0; k <= n; k++) {
            sum += binomialPmf(k, n, probability);
            expect(binomialCdf(k, n, probability)).toBeCloseTo(sum, 12);
          }
        },
      ),
    );
  });
});

describe("binomial intervals", () => {
  const trials = fc
    .integer({ min: 1, max: 500 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

  it("hold the share and mirror with failures", () => {
    fc.assert(
      fc.property(trials, ([k, n]) => {
        const [low, high] = wilsonInterval(k, n);
        const [mirroredLow, mirroredHigh] = wilsonInterval(n - k, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(k / n);
        expect(high).toBeGreaterThanOrEqual(k / n);
        expect(high).toBeLessThanOrEqual(1);
        expect(mirroredLow).toBeCloseTo(1 - high, 12);
        expect(mirroredHigh).toBeCloseTo(1 - low, 12);
      }),
    );
  });

  it("know nothing without trials", () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });

  it("refuse what is not a share", () => {
    expect(() => wilsonInterval(11, 10)).toThrow(RangeError);
    expect(() => wilsonInterval(-1, 10)).toThrow(RangeError);
    expect(() => wilsonInterval(NaN, 10)).toThrow(RangeError);
  });

  it("narrow with a lower level", () => {
    expect(wilsonInterval(5, 20, 0.8)[0]).toBeGreaterThan(wilsonInterval(5, 20)[0]);
  });
});
