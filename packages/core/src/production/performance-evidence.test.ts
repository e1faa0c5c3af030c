import { describe, expect, it } from "vitest";
import { mixtureOf } from "./performance-evidence.ts";

describe("mixtureOf", () => {
  // The boundary of Robbins' one-sided mixture by the Python library ville 0.1.0: `_boundaries.normal_mixture([1 / variance], 0.05, 1 / scale²) × variance`.
  it.each([
    [0.0004, 0.04, 0.05579976649612011],
    [1e-5, 0.04, 0.009873693542103903],
    [0.01, 0.04, 0.5888418777380917],
  ])("reaches 20 where another library has its boundary: variance %d, scale %d", (variance, scale, drop) => {
    expect(mixtureOf({ drop, variance }, 0, scale)).toBeCloseTo(20, 8);
    expect(mixtureOf({ drop: drop + 0.01, variance }, 0.01, scale)).toBeCloseTo(20, 8);
  });

  it("stays finite for a drop of any size", () => {
    expect(mixtureOf({ drop: 1, variance: 1e-9 }, 0, 0.04)).toBe(Number.MAX_VALUE);
    expect(mixtureOf({ drop: -1, variance: 1e-9 }, 0, 0.04)).toBeCloseTo(0, 7);
    // Where the limit takes over, at 30 standard deviations.
    const around = [-0.0300187, -0.0300188].map((drop) => mixtureOf({ drop, variance: 1e-6 }, 0, 0.04));
    expect(around[1]! / around[0]!).toBeCloseTo(1, 2);
  });
});
