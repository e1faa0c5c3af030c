import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mannWhitney, mannWhitneyExact } from "./mann-whitney.ts";

const floats = (values: readonly number[]) => Float64Array.from(values);
const sample = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 15 }).map(floats);

describe("mannWhitney", () => {
  it("turns with the samples and keeps its two-sided p", () => {
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        const [forward, backward] = [mannWhitney(x, y)!, mannWhitney(y, x)!];
        expect(forward.auc + backward.auc).toBeCloseTo(1, 12);
        expect(backward.pTwoSided).toBeCloseTo(forward.pTwoSided, 12);
      }),
    );
  });

  it("is not moved by a monotone transform", () => {
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        expect(mannWhitney(x.map(Math.exp), y.map(Math.exp))).toEqual(mannWhitney(x, y));
      }),
    );
  });

  it("finds nothing where all values are tied", () => {
    expect(mannWhitney(floats([5, 5]), floats([5, 5, 5]))).toEqual({ u: 3, auc: 0.5, pTwoSided: 1, pLess: 1 });
  });

  it("says which side is lower", () => {
    const { pLess } = mannWhitney(floats([1, 2, 3, 4, 5, 6]), floats([5.5, 7, 8, 9, 10, 11]))!;
    const { pLess: other } = mannWhitney(floats([5.5, 7, 8, 9, 10, 11]), floats([1, 2, 3, 4, 5, 6]))!;

    expect(pLess).toBeLessThan(0.01);
    expect(other).toBeGreaterThan(0.99);
  });

  it("declines an empty sample", () => {
    expect(mannWhitney(floats([]), floats([1]))).toBeNull();
    expect(mannWhitneyExact(floats([]), floats([1]))).toBeNull();
  });
});

describe("mannWhitneyExact", () => {
  it.each([
    [[1, 2, 3], [4, 5, 6], 2 / 20],
    [[1, 2, 4], [3, 5, 6], 4 / 20],
    [[1], [2], 1],
    [[19, 22, 16, 29, 24], [20, 11, 17, 12], 14 / 126],
  ])("of %j against %j is %f, counted by hand", (x, y, p) => {
    expect(mannWhitneyExact(floats(x), floats(y))).toBeCloseTo(p, 12);
  });

  it("is what the approximation tends to", () => {
    const x = floats(Array.from({ length: 30 }, (_, i) => i));
    const y = floats(Array.from({ length: 30 }, (_, i) => i + 4.5));

    expect(mannWhitneyExact(x, y)).toBeCloseTo(mannWhitney(x, y)!.pTwoSided, 2);
  });

  it("declines ties", () => {
    expect(mannWhitneyExact(floats([1, 2]), floats([2, 3]))).toBeNull();
  });
});
