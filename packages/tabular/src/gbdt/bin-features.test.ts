import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binEdges } from "./bin-features.ts";

describe("binEdges", () => {
  it.each<[what: string, values: number[], maxBins: number, edges: number[]]>([
    ["no values", [], 255, []],
    ["one value", [4, 4, 4], 255, []],
    ["few values: one edge between each pair, as short as can be", [1, 2, 10, 2], 255, [1.5, 6]],
    ["missing values do not count", [NaN, 1, NaN, 2], 255, [1.5]],
    ["two bins cut at the median", [1, 2, 3, 4, 5, 6], 2, [3.5]],
    ["a value that fills a bin gets one of its own", [1, 2, 5, 5, 5, 5, 5, 5, 8, 9], 3, [4, 7]],
    ["fractions of 32 bits become short decimals", [0.1, 0.2], 255, [0.2]],
    ["infinities are largest and smallest", [-Infinity, 0, Infinity], 255, [-2e38, 2e38]],
  ])("%s", (_what, values, maxBins, edges) => {
    expect([...binEdges(Float32Array.from(values), maxBins)]).toEqual(edges);
  });

  it("ascends, has fewer edges than bins, and cuts bins of about equal size", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 2000 }),
        fc.integer({ min: 2, max: 255 }),
        (values, maxBins) => {
          const column = Float32Array.from(values);
          const edges = [...binEdges(column, maxBins)];

          expect(edges.length).toBeLessThan(maxBins);
          expect(edges.every((edge, i) => i === 0 || edge > edges[i - 1]!)).toBe(true);
          const distinct = new Set(column.map((value) => value + 0)).size;
          if (distinct <= maxBins) expect(edges).toHaveLength(distinct - 1);
        },
      ),
      { seed: 1 },
    );
  });
});
