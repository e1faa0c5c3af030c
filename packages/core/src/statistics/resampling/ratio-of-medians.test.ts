import { describe, expect, it } from "vitest";
import { median } from "./median.ts";
import { randomBits } from "./random-bits.ts";
import { ratioOfMedians } from "./ratio-of-medians.ts";

const next = randomBits(21);
/** Times around `typical`, one in ten of them five times as long. */
const times = (typical: number) =>
  Float64Array.from(
    { length: 50 },
    (_, i) => typical * (0.97 + (0.06 * next()) / 4_294_967_296) * (i % 10 === 0 ? 5 : 1),
  );

describe("ratioOfMedians", () => {
  it.each([1, 1.5, 3])("finds %f in spite of outliers", (factor) => {
    const { ratio, interval } = ratioOfMedians(times(2 * factor), times(2), { seed: 1 });

    expect(ratio / factor).toBeCloseTo(1, 1);
    expect(interval[0]).toBeLessThan(ratio);
    expect(interval[1]).toBeGreaterThan(ratio);
    expect(interval[1] - interval[0]).toBeLessThan(0.15 * factor);
  });

  it("is a function of its seed", () => {
    const [a, b] = [times(1), times(1)];

    expect(ratioOfMedians(a, b, { seed: 1 })).toEqual(ratioOfMedians(a, b, { seed: 1 }));
    expect(ratioOfMedians(a, b, { seed: 2 }).interval).not.toEqual(ratioOfMedians(a, b, { seed: 1 }).interval);
  });

  it("is not a number where the clock stands still", () => {
    expect(ratioOfMedians(new Float64Array(3), new Float64Array(3), { seed: 1 }).ratio).toBeNaN();
  });
});

describe("median", () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[], Number.NaN],
  ])("of %j is %f", (values, expected) => {
    expect(median(Float64Array.from(values))).toBe(expected);
  });
});
