import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomialPmf } from "../special/binomial.ts";
import { chiSquaredHomogeneity } from "./chi-squared-homogeneity.ts";
import { fisherExact } from "./fisher-exact.ts";

const counts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 6 });

describe("chiSquaredHomogeneity", () => {
  it("does not depend on the order of samples or categories", () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const [first, second] = [a.slice(0, b.length), b.slice(0, a.length)];
        const once = chiSquaredHomogeneity([first, second]);
        const turned = chiSquaredHomogeneity([second.toReversed(), first.toReversed()]);
        expect(turned === null).toBe(once === null);
        if (once && turned) {
          expect(turned.statistic).toBeCloseTo(once.statistic, 9);
          expect(turned.cramersV).toBeCloseTo(once.cramersV, 9);
        }
      }),
    );
  });

  it("is not moved by a category that nobody has", () => {
    expect(
      chiSquaredHomogeneity([
        [10, 0, 5],
        [12, 0, 9],
      ]),
    ).toEqual(
      chiSquaredHomogeneity([
        [10, 5],
        [12, 9],
      ]),
    );
  });

  it("stays finite with a category that only one sample has", () => {
    const test = chiSquaredHomogeneity([
      [100, 100, 0],
      [40, 45, 15],
    ])!;

    expect(test.statistic).toBeCloseTo(31.773399014778327, 10);
    expect(test.p).toBeGreaterThan(0);
  });

  it("counts both samples: twice the champion's rows with equal shares move p", () => {
    const once = chiSquaredHomogeneity([
      [30, 70],
      [40, 60],
    ])!;
    const twice = chiSquaredHomogeneity([
      [60, 140],
      [40, 60],
    ])!;

    expect(twice.p).toBeLessThan(once.p);
  });

  it("has an effect of 0 for equal shares and of 1 for disjoint categories", () => {
    expect(
      chiSquaredHomogeneity([
        [10, 20],
        [20, 40],
      ]),
    ).toMatchObject({ cramersV: 0, cramersVCorrected: 0, p: 1 });
    expect(
      chiSquaredHomogeneity([
        [30, 0],
        [0, 40],
      ])!.cramersV,
    ).toBeCloseTo(1, 12);
    expect(
      chiSquaredHomogeneity([
        [30, 0],
        [0, 40],
      ])!.cramersVCorrected,
    ).toBeCloseTo(1, 12);
  });

  it.each([
    [[]],
    [[[1, 2]]],
    [
      [
        [1, 2],
        [0, 0],
      ],
    ],
  ])("declines %j", (table) => {
    expect(chiSquaredHomogeneity(table)).toBeNull();
  });

  it("finds no difference in one category that all have", () => {
    const table = [
      [3, 0],
      [2, 0],
    ];

    expect(chiSquaredHomogeneity(table)).toMatchObject({ statistic: 0, dof: 0, p: 1, cramersV: 0 });
  });
});

describe("fisherExact", () => {
  const cell = fc.integer({ min: 0, max: 25 });

  it("does not depend on how the table lies", () => {
    fc.assert(
      fc.property(cell, cell, cell, cell, (a, b, c, d) => {
        const { p } = fisherExact([
          [a, b],
          [c, d],
        ]);
        expect(
          fisherExact([
            [a, c],
            [b, d],
          ]).p,
        ).toBeCloseTo(p, 12);
        expect(
          fisherExact([
            [c, d],
            [a, b],
          ]).p,
        ).toBeCloseTo(p, 12);
        expect(
          fisherExact([
            [b, a],
            [d, c],
          ]).p,
        ).toBeCloseTo(p, 12);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("adds the hypergeometric probabilities of tables no likelier than this one", () => {
    const choose = (n: number, k: number) => binomialPmf(k, n, 0.5) / binomialPmf(0, n, 0.5);
    const probability = (a: number) => (choose(10, a) * choose(6, 9 - a)) / choose(16, 9);
    const expected = [3, 8, 9].reduce((sum, a) => sum + probability(a), 0);

    expect(
      fisherExact([
        [8, 2],
        [1, 5],
      ]).p,
    ).toBeCloseTo(expected, 12);
    expect(
      fisherExact([
        [8, 2],
        [1, 5],
      ]).oddsRatio,
    ).toBe(20);
  });

  it("does not overflow in large tables", () => {
    const { p } = fisherExact([
      [50_000, 51_000],
      [51_000, 50_000],
    ]);

    expect(p).toBeGreaterThan(8e-6);
    expect(p).toBeLessThan(1e-5);
  });

  it("says nothing where a margin is empty", () => {
    expect(
      fisherExact([
        [0, 0],
        [3, 4],
      ]),
    ).toEqual({ oddsRatio: null, p: 1 });
    expect(
      fisherExact([
        [10, 0],
        [3, 4],
      ]).oddsRatio,
    ).toBe(Infinity);
  });
});
