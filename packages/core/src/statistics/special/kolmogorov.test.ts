import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { relativeError } from "../../../test/relative-error.ts";
import { kolmogorovCritical, kolmogorovQ } from "./kolmogorov.ts";

// Values from mpmath with 60 digits.
describe("kolmogorovQ", () => {
  it.each([
    [0, 1],
    [0.01, 1],
    [0.4, 0.9971923267772983],
    [0.8, 0.5441424115741981],
    [0.999, 0.27107316411506394],
    [1, 0.2699996716773545],
    [1.36, 0.04948587675537788],
    [4, 2.532833109818835e-14],
    [15, 7.387766136974512e-196],
    [40, 0],
  ])("at %f is %f, to 1e-14", (lambda, truth) => {
    expect(relativeError(kolmogorovQ(lambda), truth)).toBeLessThan(1e-14);
  });

  it("falls, also where the series change over", () => {
    const lambda = fc.double({ min: 0.9, max: 1.1, noNaN: true });
    fc.assert(
      fc.property(lambda, lambda, (a, b) => {
        expect(kolmogorovQ(Math.max(a, b))).toBeLessThanOrEqual(kolmogorovQ(Math.min(a, b)));
      }),
    );
  });
});

describe("kolmogorovCritical", () => {
  it("inverts the upper tail", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 0.999, noNaN: true }), (alpha) => {
        expect(relativeError(kolmogorovQ(kolmogorovCritical(alpha)), alpha)).toBeLessThan(1e-12);
      }),
    );
  });
});
