import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { bucketOf, bucketQuantiles, bucketValue } from "./buckets.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 });

function count(values: readonly number[]): [number, number][] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(bucketOf(value), (counts.get(bucketOf(value)) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}

describe("bucketOf", () => {
  it.each([
    [0, 0],
    [1e-10, 0],
    [-1e-10, 0],
    [1, 1047],
    [-1, -1047],
    [1.01, 1048],
    [1.03, 1049],
  ])("%d -> %d", (value, key) => {
    expect(bucketOf(value)).toBe(key);
  });

  it("grows with the numbers", () => {
    fc.assert(fc.property(finite, finite, (a, b) => bucketOf(Math.min(a, b)) <= bucketOf(Math.max(a, b))));
  });

  it("stands for its numbers within 1 %", () => {
    const magnitude = finite.filter((x) => Math.abs(x) >= 1e-9);
    fc.assert(fc.property(magnitude, (x) => Math.abs(bucketValue(bucketOf(x)) / x - 1) < 0.01));
  });
});

describe("bucketQuantiles", () => {
  it("is within 1 % of the order statistic, and inside the range", () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.double({ noNaN: true, min: 0, max: 1 }), (sample, probability) => {
        const sorted = [...sample].sort((a, b) => a - b);
        const range = { min: sorted[0]!, max: sorted.at(-1)! };
        const truth = sorted[Math.max(1, Math.ceil(probability * sorted.length)) - 1]!;

        const [estimate] = bucketQuantiles(count(sample), range, [probability]);

        expect(Math.abs(estimate! - truth)).toBeLessThanOrEqual(0.01 * Math.abs(truth) + 1e-9);
        expect(estimate).toBeGreaterThanOrEqual(range.min);
        expect(estimate).toBeLessThanOrEqual(range.max);
      }),
    );
  });

  it("has no answer without values", () => {
    expect(bucketQuantiles([], { min: 0, max: 0 }, [0.5])).toEqual([]);
  });
});
