import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exactSum } from "./exact-sum.ts";

/** The same sum in whole numbers of the smallest double, rounded to the nearest, ties to even. */
function byWholeNumbers(values: readonly number[]): number {
  const smallest = 1074n;
  const total = values.reduce((sum, value) => sum + wholeOf(value), 0n);
  const magnitude = total < 0n ? -total : total;
  const bits = BigInt(magnitude.toString(2).length);
  const cut = bits > 53n ? bits - 53n : 0n;
  const half = cut === 0n ? 0n : 1n << (cut - 1n);
  let kept = magnitude >> cut;
  const rest = magnitude - (kept << cut);
  if (cut > 0n && (rest > half || (rest === half && kept % 2n === 1n))) kept += 1n;
  // In two steps: the smaller power alone may not be a double.
  const exponent = Number(cut - smallest);
  const steps = [Math.trunc(exponent / 2), exponent - Math.trunc(exponent / 2)];
  const scaled = steps.reduce((number, step) => number * powerOfTwo(step), Number(kept));
  return total < 0n ? -scaled : scaled;
}

function wholeOf(value: number): bigint {
  const bits = new BigUint64Array(Float64Array.of(value).buffer)[0]!;
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const whole = exponent === 0n ? fraction : (fraction | 0x10000000000000n) << (exponent - 1n);
  return bits >> 63n === 1n ? -whole : whole;
}

function powerOfTwo(exponent: number): number {
  let power = 1;
  for (let i = 0; i < Math.abs(exponent); i++) power *= exponent < 0 ? 0.5 : 2;
  return power;
}

// Neither so large that a sum leaves the range, nor below the normal ones, where the reference rounds twice.
const doubles = fc.array(
  fc.oneof(
    fc.double({ min: -1e200, max: 1e200, noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -1000, max: 1000 }).map((n) => n / 10),
    fc.constantFrom(1e100, -1e100, 1, 0.5, 9_007_199_254_740_992, -9_007_199_254_740_992, 0.1, -0.1),
  ),
  { maxLength: 12 },
);

describe("exactSum", () => {
  it("is the sum of the values, rounded once", () => {
    fc.assert(
      fc.property(doubles, (values) => {
        const expected = byWholeNumbers(values);
        fc.pre(expected === 0 || Math.abs(expected) > 1e-290);

        expect(exactSum(values) + 0).toBe(expected + 0);
      }),
      { numRuns: 2000 },
    );
  });

  it("does not depend on the order", () => {
    fc.assert(
      fc.property(doubles, fc.integer(), (values, seed) => {
        const other = [...values].sort((a, b) => ((a * 31 + seed) % 7) - ((b * 31 + seed) % 7) || a - b);

        expect(exactSum(other)).toBe(exactSum(values));
      }),
    );
  });

  it.each<[values: number[], sum: number]>([
    [[], 0],
    [[0.1, 0.2, 0.3], 0.6],
    [[1e16, 1, -1e16], 1],
    [[9_007_199_254_740_992, 1, 1], 9_007_199_254_740_992 + 2],
    [[1e308, 1e308, -1e308], Infinity],
    [[1, Infinity], Infinity],
  ])("of %j is %d", (values, sum) => {
    expect(exactSum(values)).toBe(sum);
  });
});
