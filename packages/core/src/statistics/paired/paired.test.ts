import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mcNemar, mcNemarRowsNeeded } from "./mcnemar.ts";
import { correctedResampledT, pairedT } from "./paired-t.ts";
import { wilcoxonSignedRank } from "./wilcoxon.ts";

const rows = fc.integer({ min: 0, max: 300 });

describe("mcNemar", () => {
  it.each([
    [0, 0, 1, 1],
    [0, 5, 2 / 32, 1 / 32],
    [0, 6, 2 / 64, 1 / 64],
    [6, 0, 2 / 64, 1],
    [3, 12, 0.03515625, 0.017578125],
  ])("%i against %i", (champion, challenger, pTwoSided, pChallengerBetter) => {
    const test = mcNemar(champion, challenger);

    expect(test.pTwoSided).toBeCloseTo(pTwoSided, 13);
    expect(test.pChallengerBetter).toBeCloseTo(pChallengerBetter, 13);
  });

  it("keeps its two-sided p when the models change places, and the mid-p below it", () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const [forward, backward] = [mcNemar(a, b), mcNemar(b, a)];
        expect(backward.pTwoSided).toBe(forward.pTwoSided);
        expect(forward.pMid).toBeLessThanOrEqual(forward.pTwoSided);
        expect(forward.pMid).toBeGreaterThanOrEqual(0);
        if (b > a) expect(mcNemar(a, b + 1).pChallengerBetter).toBeLessThan(forward.pChallengerBetter);
      }),
    );
  });

  it("needs more rows for a smaller gain, a smaller alpha and more power", () => {
    const usual = mcNemarRowsNeeded(0.1, 0.02);

    expect(usual).toBe(1960);
    expect(mcNemarRowsNeeded(0.1, 0.01)).toBeGreaterThan(usual);
    expect(mcNemarRowsNeeded(0.1, 0.02, 0.01)).toBeGreaterThan(usual);
    expect(mcNemarRowsNeeded(0.1, 0.02, 0.05, 0.9)).toBeGreaterThan(usual);
  });
});

describe("pairedT", () => {
  const differences = fc.array(
    fc.integer({ min: -500, max: 500 }).map((value) => value / 100),
    { minLength: 3, maxLength: 20 },
  );

  it("turns its sign with the differences and ignores their scale", () => {
    fc.assert(
      fc.property(differences, (values) => {
        const test = pairedT(values);
        const turned = pairedT(values.map((value) => -4 * value));
        if (test === null || turned === null) return;
        expect(Math.abs(turned.t + test.t)).toBeLessThan(1e-9 * Math.max(1, Math.abs(test.t)));
        expect(turned.pTwoSided).toBeCloseTo(test.pTwoSided, 9);
      }),
    );
  });

  it.each([[[]], [[0.1]], [[0.1, 0.1, 0.1]], [[0, 0]], [[0, 0, 5e-324]]])("has no test for %j", (values) => {
    expect(pairedT(values)).toBeNull();
  });
});

describe("correctedResampledT", () => {
  it("is more careful the more the training sets overlap", () => {
    const differences = [0.012, 0.021, -0.004, 0.017, 0.009];

    const plain = pairedT(differences)!;
    const tenFold = correctedResampledT(differences, 900, 100)!;
    const twoFold = correctedResampledT(differences, 500, 500)!;

    expect(tenFold.pTwoSided).toBeGreaterThan(plain.pTwoSided);
    expect(twoFold.pTwoSided).toBeGreaterThan(tenFold.pTwoSided);
    expect(correctedResampledT(differences, 1, 0)).toEqual(plain);
  });
});

describe("wilcoxonSignedRank", () => {
  const differences = fc
    .array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 20 })
    .map((values) => Float64Array.from(values));

  it("keeps its p when the models change places, and ignores zeros", () => {
    fc.assert(
      fc.property(differences, (values) => {
        const test = wilcoxonSignedRank(values);
        expect(wilcoxonSignedRank(values.map((value) => -value))).toEqual(test);
        expect(wilcoxonSignedRank(Float64Array.of(0, ...values, 0))).toEqual(test);
        if (test) expect(test.pTwoSided).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("has no test without differences", () => {
    expect(wilcoxonSignedRank(Float64Array.of(0, 0))).toBeNull();
  });
});
