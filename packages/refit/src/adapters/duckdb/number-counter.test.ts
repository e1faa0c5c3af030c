import { bucketOf } from "@refit/core/data";
import { describe, expect, it } from "vitest";
import { numberCounter } from "./number-counter.ts";

describe("numberCounter", () => {
  it("adds numbers in their order, whatever pieces they come in, and leaves out the missing ones", () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i % 10 === 3 ? Number.NaN : (i - 300) * 0.1));
    const whole = numberCounter();
    const pieces = numberCounter();
    whole.add(values);
    for (let i = 0; i < 1000; i += 7) pieces.add(values.subarray(i, i + 7));

    const found = whole.take();
    expect(pieces.take()).toEqual(found);
    const there = [...values].filter((value) => !Number.isNaN(value));
    expect(found).toMatchObject({
      min: Math.min(...there),
      max: Math.max(...there),
      sum: there.reduce((sum, value) => sum + value, 0),
      sumOfSquares: there.reduce((sum, value) => sum + value * value, 0),
    });
    expect(found.buckets).toContainEqual([
      bucketOf(there[7]!),
      there.filter((x) => bucketOf(x) === bucketOf(there[7]!)).length,
    ]);
    expect(found.buckets!.map(([key]) => key)).toEqual([...new Set(there.map(bucketOf))].sort((a, b) => a - b));
  });

  it("begins anew after it was asked", () => {
    const counter = numberCounter();
    counter.add(Float64Array.of(1e300, -1e300, 5));
    const first = counter.take();
    counter.add(Float64Array.of(Number.NaN, 5));

    expect(first).toEqual({ min: -1e300, max: 1e300, buckets: [-1e300, 5, 1e300].map((x) => [bucketOf(x), 1]) });
    expect(counter.take()).toEqual({ min: 5, max: 5, sum: 5, sumOfSquares: 25, buckets: [[bucketOf(5), 1]] });
    expect(counter.take()).toEqual({ buckets: [] });
  });

  it("has room for every finite number", () => {
    const numbers = [Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 0, -0, 1e-9];
    const counter = numberCounter();
    counter.add(Float64Array.from(numbers));

    expect(counter.take().buckets!.reduce((sum, [, count]) => sum + count, 0)).toBe(numbers.length);
  });
});
