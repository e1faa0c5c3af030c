import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logGamma, stirlingRemainder } from "./log-gamma.ts";

// Values from mpmath with 60 digits.
describe("logGamma", () => {
  it.each([
    [1e-8, 18.42068073818021],
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247001],
    [1, 0],
    [1.5, -0.12078223763524522],
    [2, 0],
    [3.7, 1.428072326665388],
    [9.99, 12.779315214350193],
    [10, 12.801827480081469],
    [30, 71.25703896716801],
    [171.5, 709.1431630309282],
    [1e8, 1742068066.1038346],
  ])("at %f is %f, to 2e-15 of max(1, x, itself)", (x, truth) => {
    expect(Math.abs(logGamma(x) - truth)).toBeLessThan(2.5e-15 * Math.max(1, x, Math.abs(truth)));
  });

  it("grows by log x from x to x + 1", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e5, noNaN: true }), (x) => {
        const scale = Math.max(1, x, Math.abs(logGamma(x)));
        expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x)) / scale).toBeLessThan(1e-14);
      }),
    );
  });
});

describe("stirlingRemainder", () => {
  it.each([
    [0.5, 0.15342640972002735],
    [10, 0.008330563433362871],
    [5000, 1.6666666644444444e-5],
  ])("at %f is %f", (x, truth) => {
    expect(Math.abs(stirlingRemainder(x) - truth)).toBeLessThan(2e-15);
  });
});
