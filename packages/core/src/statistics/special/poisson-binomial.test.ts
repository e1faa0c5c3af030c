import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bernsteinBound, poissonBinomialTail } from "./poisson-binomial.ts";

const chance = fc.double({ min: 0, max: 1, noNaN: true });
const outcomes = fc.array(fc.record({ chance, weight: fc.double({ min: 0.1, max: 5, noNaN: true }) }), {
  minLength: 1,
  maxLength: 10,
});

/** Every way that the outcomes can come, with its chance and its weighted sum. */
function ways(some: readonly { chance: number; weight: number }[]) {
  return Array.from({ length: 1 << some.length }, (_, bits) => {
    const isYes = (i: number) => ((bits >> i) & 1) === 1;
    return {
      chance: some.reduce((product, each, i) => product * (isYes(i) ? each.chance : 1 - each.chance), 1),
      count: some.filter((_each, i) => isYes(i)).length,
      sum: some.reduce((sum, each, i) => sum + (isYes(i) ? each.weight : 0), 0),
    };
  });
}

const chanceOf = (some: readonly { chance: number }[]) => some.reduce((sum, each) => sum + each.chance, 0);

describe("poissonBinomialTail", () => {
  it("is what counting every way gives", () => {
    fc.assert(
      fc.property(outcomes, fc.nat(10), (some, wanted) => {
        const count = Math.min(wanted, some.length);
        const chances = Float64Array.from(some, (each) => each.chance);
        const all = ways(some);

        const atLeast = chanceOf(all.filter((way) => way.count >= count));
        const atMost = chanceOf(all.filter((way) => way.count <= count));
        expect(poissonBinomialTail(chances, count, "at-least")).toBeCloseTo(atLeast, 12);
        expect(poissonBinomialTail(chances, count, "at-most")).toBeCloseTo(atMost, 12);
      }),
    );
  });
});

describe("bernsteinBound", () => {
  it("is never below the tail, whatever the weights", () => {
    fc.assert(
      // Closer to the mean than its rounding error nothing can be said of a sum.
      fc.property(outcomes, fc.double({ min: 1e-9, max: 20, noNaN: true }), (some, distance) => {
        const mean = some.reduce((sum, each) => sum + each.weight * each.chance, 0);
        const variance = some.reduce(
          (sum, each) => sum + each.weight * each.weight * each.chance * (1 - each.chance),
          0,
        );
        const largest = Math.max(...some.map(({ weight }) => weight));
        const bound = bernsteinBound(distance, variance, largest);
        const all = ways(some);

        expect(chanceOf(all.filter(({ sum }) => sum >= mean + distance))).toBeLessThanOrEqual(bound + 1e-12);
        expect(chanceOf(all.filter(({ sum }) => sum <= mean - distance))).toBeLessThanOrEqual(bound + 1e-12);
      }),
    );
  });
});
