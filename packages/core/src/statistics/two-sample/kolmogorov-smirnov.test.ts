import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  kolmogorovSmirnov,
  kolmogorovSmirnovAsymptotic,
  kolmogorovSmirnovCritical,
  kolmogorovSmirnovOfCounts,
  kolmogorovSmirnovUntied,
} from "./kolmogorov-smirnov.ts";

const test = (x: readonly number[], y: readonly number[]) =>
  kolmogorovSmirnov(Float64Array.from(x), Float64Array.from(y))!;
const tied = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 12 });

/** The definition: over all ways to choose which pooled values are x, the share with a distance at least as large. */
function byEnumeration(x: readonly number[], y: readonly number[]): number {
  const pooled = [...x, ...y];
  const distance = (chosen: number) => {
    let largest = 0;
    for (const value of pooled) {
      let difference = 0;
      for (const [i, other] of pooled.entries()) {
        if (other <= value) difference += (chosen >> i) & 1 ? y.length : -x.length;
      }
      largest = Math.max(largest, Math.abs(difference));
    }
    return largest;
  };
  const observed = distance((1 << x.length) - 1);
  let [all, asFar] = [0, 0];
  for (let chosen = 0; chosen < 1 << pooled.length; chosen++) {
    if (pooled.filter((_, i) => (chosen >> i) & 1).length !== x.length) continue;
    all++;
    if (distance(chosen) >= observed) asFar++;
  }
  return asFar / all;
}

describe("kolmogorovSmirnov", () => {
  it("is exact under ties", () => {
    const few = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(few, few, (x, y) => {
        expect(test(x, y).p).toBeCloseTo(byEnumeration(x, y), 12);
      }),
    );
  });

  it("does not depend on the order of samples or rows, nor on shift and scale", () => {
    fc.assert(
      fc.property(tied, tied, (x, y) => {
        const once = test(x, y);
        expect(test(y, x).statistic).toBe(once.statistic);
        expect(test(y, x).p).toBeCloseTo(once.p, 12);
        expect(test(x.toReversed(), y)).toEqual(once);
        expect(
          test(
            x.map((v) => 3 * v - 7),
            y.map((v) => 3 * v - 7),
          ),
        ).toEqual(once);
      }),
    );
  });

  it("is never surer than the untied test, which is conservative", () => {
    fc.assert(
      fc.property(tied, tied, (x, y) => {
        const { statistic, p } = test(x, y);
        expect(p).toBeLessThanOrEqual(kolmogorovSmirnovUntied(statistic, x.length, y.length) + 1e-12);
      }),
    );
  });

  it("keeps its digits far out: separate samples have p = 2 / C(120, 60)", () => {
    const x = Array.from({ length: 60 }, (_, i) => i);

    const { p } = test(
      x,
      x.map((value) => value + 100),
    );

    let expected = 2;
    for (let k = 1; k <= 60; k++) expected *= k / (60 + k);
    expect(p / expected).toBeCloseTo(1, 12);
  });

  it("says the same of values and of their counts", () => {
    expect(kolmogorovSmirnovOfCounts([2, 0, 1, 0], [0, 1, 1, 0])).toEqual(test([1, 1, 3], [2, 3]));
  });

  it("is certain of nothing in equal constants, and takes infinite values", () => {
    expect(test([5, 5], [5, 5, 5])).toEqual({ statistic: 0, p: 1, method: "exact" });
    expect(test([1, Infinity], [1, 2]).statistic).toBe(0.5);
  });

  it("declines empty samples and refuses NaN", () => {
    expect(kolmogorovSmirnov(new Float64Array(0), Float64Array.of(1))).toBeNull();
    expect(() => test([1, NaN], [1])).toThrow(RangeError);
    expect(() => kolmogorovSmirnovOfCounts([1], [1, 2])).toThrow(RangeError);
  });

  it("goes over to the limit where the exact count would be too long, without a jump", () => {
    const size = 5000;
    const x = Array.from({ length: size }, (_, i) => i);
    const y = x.map((value) => value + 150);

    const exact = test(x, y);
    const limit = test([...x, size], [...y, size + 150]);

    expect([exact.method, limit.method]).toEqual(["exact", "asymptotic"]);
    expect(limit.p / exact.p).toBeGreaterThan(0.95);
    expect(limit.p / exact.p).toBeLessThan(1.05);
  });
});

describe("kolmogorovSmirnovAsymptotic", () => {
  it("with Stephens' correction is near the exact p even at 8 against 8", () => {
    const exact = kolmogorovSmirnovUntied(1, 8, 8);

    expect(exact).toBeCloseTo(2 / 12_870, 12);
    expect(kolmogorovSmirnovAsymptotic(1, 8, 8)).toBeCloseTo(exact, 6);
    expect(kolmogorovSmirnovAsymptotic(1, 8, 8, false)).toBeGreaterThan(4 * exact);
  });

  it("is alpha at the critical distance", () => {
    const distance = kolmogorovSmirnovCritical(0.03, 70, 90);

    expect(kolmogorovSmirnovAsymptotic(distance, 70, 90, false)).toBeCloseTo(0.03, 12);
  });
});
