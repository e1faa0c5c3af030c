import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { relativeError } from "../../../test/relative-error.ts";
import { normalCdf, normalQuantile, normalSf } from "./normal.ts";

// Values from mpmath with 60 digits.
describe("normalCdf", () => {
  it.each([
    [-37, 5.725571222524577e-300],
    [-20, 2.7536241186062337e-89],
    [-8, 6.220960574271784e-16],
    [-3, 0.0013498980316300946],
    [-1.96, 0.024997895148220435],
    [-0.1, 0.460172162722971],
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [3, 0.9986501019683699],
    [Infinity, 1],
    [-Infinity, 0],
  ])("at %f is %f, to 1e-13", (z, truth) => {
    expect(relativeError(normalCdf(z), truth)).toBeLessThan(1e-13);
    expect(normalSf(-z)).toBe(normalCdf(z));
  });
});

describe("normalQuantile", () => {
  it.each([
    [0.025, -1.9599639845400543],
    [0.05, -1.6448536269514726],
    [0.5, 0],
    [0.8, 0.8416212335729144],
    [1e-300, -37.0470962993612],
  ])("at %f is %f", (probability, truth) => {
    expect(relativeError(normalQuantile(probability), truth)).toBeLessThan(2e-15);
  });

  it("inverts the distribution function", () => {
    fc.assert(
      fc.property(fc.double({ min: -300, max: -0.31, noNaN: true }), (exponent) => {
        const probability = Math.exp(exponent * Math.LN10);
        expect(relativeError(normalCdf(normalQuantile(probability)), probability)).toBeLessThan(1e-12);
      }),
    );
  });

  it("is symmetrical", () => {
    expect(normalQuantile(0.75)).toBe(-normalQuantile(0.25));
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    expect(normalQuantile(1.1)).toBeNaN();
  });
});
