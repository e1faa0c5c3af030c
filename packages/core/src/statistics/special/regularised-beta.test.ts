import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { relativeError } from "../../../test/relative-error.ts";
import { regularisedBeta } from "./regularised-beta.ts";

describe("regularisedBeta", () => {
  // Values from mpmath with 60 digits: I, then 1 − I.
  it.each([
    [0.5, 0.5, 0.25, 1 / 3, 2 / 3],
    [2, 3, 0.5, 0.6875, 0.3125],
    [10, 0.5, 0.75, 0.017806558607844636, 0.9821934413921554],
    [0.5, 10, 0.01, 0.3420718248432155, 0.6579281751567845],
    [50, 60, 0.25, 1.8450518326132452e-6, 0.9999981549481674],
    [50, 60, 0.75, 0.9999999999779714, 2.2028634514242745e-11],
    [500, 500, 0.40625, 1.1094798527727058e-9, 0.9999999988905202],
    [1000, 9000, 0.09375, 0.017237426829213198, 0.9827625731707867],
    [2, 1e4, 0.0001220703125, 0.34489108069676255, 0.6551089193032374],
    [100.5, 0.5, 0.9375, 0.0003216028381243064, 0.9996783971618757],
  ])("at (%f, %f, %f), the smaller one to 1e-13", (a, b, x, lower, upper) => {
    const ours = regularisedBeta(a, b, x);

    expect(relativeError(Math.min(ours.lower, ours.upper), Math.min(lower, upper))).toBeLessThan(1e-13);
    expect(relativeError(Math.max(ours.lower, ours.upper), Math.max(lower, upper))).toBeLessThan(1e-14);
  });

  it("is its own mirror image", () => {
    const shape = fc.double({ min: 0.1, max: 300, noNaN: true });
    fc.assert(
      fc.property(shape, shape, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, x) => {
        expect(regularisedBeta(a, b, x, 1 - x).lower).toBeCloseTo(regularisedBeta(b, a, 1 - x, x).upper, 12);
      }),
    );
  });

  it("grows with x", () => {
    const shape = fc.double({ min: 0.5, max: 100, noNaN: true });
    const x = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(shape, shape, x, x, (a, b, first, second) => {
        const [low, high] = [Math.min(first, second), Math.max(first, second)];
        expect(regularisedBeta(a, b, low).lower).toBeLessThanOrEqual(regularisedBeta(a, b, high).lower + 1e-13);
      }),
    );
  });

  it.each([
    [1, 2, 0, 0, 1],
    [1, 2, 1, 1, 0],
    [0, 2, 0.5, NaN, NaN],
    [1, 2, -0.5, NaN, NaN],
  ])("at the edge (%f, %f, %f)", (a, b, x, lower, upper) => {
    expect(regularisedBeta(a, b, x)).toEqual({ lower, upper });
  });
});
