import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mcNemar } from "./mcnemar.ts";

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
});
