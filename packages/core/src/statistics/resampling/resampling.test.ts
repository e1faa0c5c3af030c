import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootstrapP } from "./bootstrap-p.ts";
import { exactBootstrapMean, exactBootstrapQuantile } from "./exact-bootstrap-mean.fixture.ts";
import { poissonBootstrap } from "./poisson-bootstrap.ts";
import { quantile } from "./quantile.ts";
import { metricOf } from "../../metrics/metrics.ts";
import type { RowWeights } from "../../metrics/metric.ts";
import { sortedOrder } from "./sorted-order.ts";
import { randomBits, randomBlocks } from "./random-bits.ts";

/** Mean of `values` under the counts. */
const meanOf = (values: readonly number[]) => (counts: RowWeights) => {
  let [sum, total] = [0, 0];
  for (const [row, value] of values.entries()) {
    sum += counts[row]! * value;
    total += counts[row]!;
  }
  return total > 0 ? sum / total : undefined;
};

describe("randomBits", () => {
  it("is a fixed sequence, the same on every machine", () => {
    const next = randomBits(7, 3);

    expect([next(), next(), next()]).toMatchInlineSnapshot(`
      [
        351630586,
        703988865,
        1993651295,
      ]
    `);
  });

  it("gives the same numbers in blocks of any size", () => {
    const next = randomBits(7, 3);
    const fill = randomBlocks(7, 3);
    for (const size of [1, 3, 64, 0, 100]) {
      const block = new Uint32Array(size);
      fill(block);

      expect([...block]).toEqual(Array.from({ length: size }, next));
    }
  });

  it.each([0, 1, 2, 3])("fills every bit half of the time, for stream %i", (stream) => {
    const next = randomBits(42, stream);
    const ones = new Float64Array(32);
    for (let i = 0; i < 20_000; i++) {
      const bits = next();
      for (let bit = 0; bit < 32; bit++) ones[bit]! += (bits >>> bit) & 1;
    }
    // Five standard deviations of 20,000 coin flips.
    for (const count of ones) expect(Math.abs(count - 10_000)).toBeLessThan(354);
  });

  it("has streams that are uncorrelated, neighbours and same numbers in other seeds alike", () => {
    const draws = (seed: number, stream: number) => {
      const next = randomBits(seed, stream);
      return Array.from({ length: 20_000 }, () => next() / 4_294_967_296 - 0.5);
    };
    const reference = draws(1, 1);
    for (const other of [draws(1, 0), draws(1, 2), draws(2, 1), draws(0, 1)]) {
      const correlation = reference.reduce((sum, value, i) => sum + 12 * value * other[i]!, 0) / reference.length;
      expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(20_000));
    }
  });
});

describe("poissonBootstrap", () => {
  it("draws each row a Poisson(1) number of times", () => {
    const seen = new Float64Array(10);
    let [rows, sum, squares] = [0, 0, 0];
    poissonBootstrap({
      rows: 1001,
      replicates: 200,
      seed: 1,
      statistic(counts) {
        for (const count of counts) {
          seen[count]!++;
          rows++;
          sum += count;
          squares += count * count;
        }
        return 0;
      },
    });
    let probability = Math.exp(-1);
    for (let k = 0; k < 5; k++) {
      expect(Math.abs(seen[k]! / rows - probability)).toBeLessThan(5 * Math.sqrt(probability / rows));
      probability /= k + 1;
    }
    expect(sum / rows).toBeCloseTo(1, 2);
    expect(squares / rows - (sum / rows) * (sum / rows)).toBeCloseTo(1, 1);
  });

  it("approaches the exact bootstrap distribution of a mean", () => {
    const values = Array.from({ length: 9 }, (_, i) => Math.sin(i * i));
    const exact = exactBootstrapMean(values);
    const { values: replicates } = poissonBootstrap({
      rows: 9,
      replicates: 20_000,
      seed: 3,
      statistic: meanOf(values),
    });

    // Poisson counts vary in total, which widens the spread by about half a share of 1/n.
    const spread = (q: (p: number) => number) => q(0.84) - q(0.16);
    const ratio = spread((p) => quantile(replicates, p)) / spread((p) => exactBootstrapQuantile(exact, p));
    expect(quantile(replicates, 0.5)).toBeCloseTo(exactBootstrapQuantile(exact, 0.5), 1);
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.15);
  });

  it("gives each replicate its own stream: fewer of them are the first of many", () => {
    const request = { rows: 50, seed: 9, statistic: meanOf(Array.from({ length: 50 }, (_, i) => i)) };
    const few = poissonBootstrap({ ...request, replicates: 10 }).values;
    const many = poissonBootstrap({ ...request, replicates: 100 }).values;

    expect([...few].every((value) => many.includes(value))).toBe(true);
    expect([...many]).toEqual([...many].sort((a, b) => a - b));
  });

  it.each(["rocAuc", "prAuc", "logLoss"] as const)(
    "gives %s the same for no weights and for weights of 1",
    (metric) => {
      const rows = 300;
      const uniform = randomBits(5);
      const target = Float64Array.from({ length: rows }, () => uniform() % 2);
      const predictions = Float64Array.from({ length: rows }, () => (1 + (uniform() % 40)) / 50); // many ties
      const statistic = metricOf(metric).prepare({ task: "binary", classes: 2, target, predictions });
      const groups = Int32Array.from(target, (_, row) => row >> 1);
      const request = { rows, replicates: 40, seed: 6, groups, statistic };
      const plain = poissonBootstrap(request);
      const weighed = poissonBootstrap({ ...request, weights: new Float64Array(rows).fill(1) });

      expect(plain.values).toEqual(weighed.values);
      expect(new Set(plain.values).size).toBe(40);
    },
  );

  it("draws the rows of a group together", () => {
    const groups = Int32Array.of(0, 1, 0, 2, 1, 0);
    const torn: string[] = [];
    poissonBootstrap({
      rows: 6,
      replicates: 50,
      seed: 2,
      groups,
      statistic(counts) {
        if (groups.some((group, row) => counts[row] !== counts[groups.indexOf(group)])) torn.push(counts.join(" "));
        return 0;
      },
    });

    expect(torn).toEqual([]);
  });

  it("counts the resamples in which the statistic is not defined", () => {
    const { values, undefinedCount } = poissonBootstrap({
      rows: 1,
      replicates: 1000,
      seed: 4,
      statistic: (counts) => (counts[0] === 0 ? undefined : 1),
    });

    expect(values.length + undefinedCount).toBe(1000);
    expect(undefinedCount / 1000).toBeCloseTo(Math.exp(-1), 1);
  });
});

describe("bootstrapP", () => {
  it.each([
    [[1, 2, 3], 0, 1 / 4],
    [[-1, 0, 3], 0, 3 / 4],
    [[-1, 0, 3], -0.5, 2 / 4],
  ])("of %j at %f is %f", (replicates, threshold, p) => {
    expect(bootstrapP(Float64Array.from(replicates), threshold)).toBe(p);
  });
});

describe("exactBootstrapMean", () => {
  it("counts all n^n resamples, with the mean of the values as mean", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 6 }), (values) => {
        const { means, counts, resamples } = exactBootstrapMean(values);
        const mean = values.reduce((a, b) => a + b, 0) / values.length;
        expect(resamples).toBe(Math.round(Math.exp(values.length * Math.log(values.length))));
        expect(means.reduce((sum, value, i) => sum + value * counts[i]!, 0) / resamples).toBeCloseTo(mean, 10);
      }),
    );
  });

  it("refuses what cannot be enumerated", () => {
    expect(() => exactBootstrapMean([])).toThrow(RangeError);
    expect(() => exactBootstrapMean(Array.from({ length: 10 }, () => 1))).toThrow(RangeError);
  });
});

describe("sortedOrder", () => {
  it("keeps the order of equal values, and refuses what has no rank", () => {
    expect([...sortedOrder(Float64Array.of(2, -0, 1, 0, -Infinity))]).toEqual([4, 1, 3, 2, 0]);
    expect(() => sortedOrder(Float64Array.of(1, NaN))).toThrow(RangeError); // a walk over its ties would never end
  });

  it("sorts many values as it sorts few, whatever their sign, size and ties", () => {
    const special = [0, -0, 5e-324, -5e-324, 1e308, -1e308, Infinity, -Infinity, 2 / 3, -2 / 3];
    const value = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(...special));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1025, maxLength: 1100 }), (list) => {
        const expected = [...list.keys()].sort(
          (a, b) => (list[a]! < list[b]! ? -1 : Number(list[a]! > list[b]!)) || a - b,
        );

        expect([...sortedOrder(Float64Array.from(list))]).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});

describe("quantile", () => {
  it.each([
    [[1, 2, 3, 4], 0, 1],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 0.9, 3.7],
    [[1, 2, 3, 4], 1, 4],
    [[7], 0.3, 7],
    [[Infinity, Infinity], 0.5, Infinity],
  ])("of %j at %f is %f", (sorted, probability, expected) => {
    expect(quantile(sorted, probability)).toBeCloseTo(expected, 12);
  });

  it("is NaN without values", () => {
    expect(quantile([], 0.5)).toBeNaN();
  });
});
