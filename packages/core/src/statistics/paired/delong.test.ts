import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deLong } from "./delong.ts";

const rows = fc.array(
  fc.record({
    label: fc.integer({ min: 0, max: 1 }),
    champion: fc.integer({ min: 0, max: 12 }),
    challenger: fc.integer({ min: 0, max: 12 }),
  }),
  { minLength: 4, maxLength: 40 },
);

function columns(table: readonly { label: number; champion: number; challenger: number }[]) {
  return [
    Float64Array.from(table, ({ label }) => label),
    Float64Array.from(table, ({ champion }) => champion / 4),
    Float64Array.from(table, ({ challenger }) => challenger / 4),
  ] as const;
}

/** The definition: placements by comparing every positive with every negative. */
function byDefinition(target: Float64Array, scores: Float64Array) {
  const positives = scores.filter((_, row) => target[row] === 1);
  const negatives = scores.filter((_, row) => target[row] !== 1);
  const beats = (p: number, n: number) => (p > n ? 1 : p === n ? 0.5 : 0);
  const variance = (values: readonly number[]) => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return values.reduce((sum, v) => sum + (v - mean) * (v - mean), 0) / (values.length - 1) / values.length;
  };
  const ofPositives = [...positives].map((p) => negatives.reduce((sum, n) => sum + beats(p, n), 0) / negatives.length);
  const ofNegatives = [...negatives].map((n) => positives.reduce((sum, p) => sum + beats(p, n), 0) / positives.length);
  return {
    auc: ofPositives.reduce((a, b) => a + b, 0) / positives.length,
    variance: variance(ofPositives) + variance(ofNegatives),
  };
}

describe("deLong", () => {
  it("is what comparing all pairs gives, with ties", () => {
    fc.assert(
      fc.property(rows, (table) => {
        const [target, champion, challenger] = columns(table);
        const test = deLong(target, champion, challenger);
        if (test === null) return;
        const { auc, variance } = byDefinition(target, champion);
        expect(test.aucChampion).toBeCloseTo(auc, 12);
        expect(test.varianceChampion).toBeCloseTo(variance, 12);
        const whole = test.varianceChampion + test.varianceChallenger - 2 * test.covariance;
        expect(test.standardError * test.standardError).toBeCloseTo(whole, 12);
      }),
    );
  });

  it("changes only its sign when the models change places, and nothing under a monotone transform", () => {
    fc.assert(
      fc.property(rows, (table) => {
        const [target, champion, challenger] = columns(table);
        const test = deLong(target, champion, challenger);
        const turned = deLong(target, challenger, champion);
        if (test === null || turned === null) return;
        expect(turned.difference).toBeCloseTo(-test.difference, 12);
        expect(turned.standardError).toBeCloseTo(test.standardError, 12);
        expect(
          deLong(
            target,
            champion.map(Math.exp),
            challenger.map((s) => 2 * s - 9),
          ),
        ).toEqual(test);
      }),
    );
  });

  it("has an AUC of 1 − itself for negated scores, and half the variance with every row twice", () => {
    const next = (row: number) => Math.abs(Math.sin(row * 12.9898) * 43_758.5453) % 1;
    const target = Float64Array.from({ length: 400 }, (_, row) => (next(row) < 0.4 ? 1 : 0));
    const champion = target.map((label, row) => 0.3 * label + next(row + 1000));
    const challenger = target.map((label, row) => 0.5 * label + next(row + 2000));
    const twice = (values: Float64Array) => Float64Array.of(...values, ...values);

    const test = deLong(target, champion, challenger)!;
    const negated = deLong(
      target,
      champion.map((s) => -s),
      challenger,
    )!;
    const doubled = deLong(twice(target), twice(champion), twice(challenger))!;

    expect(negated.aucChampion).toBeCloseTo(1 - test.aucChampion, 12);
    expect(doubled.difference).toBeCloseTo(test.difference, 12);
    expect((2 * doubled.standardError * doubled.standardError) / (test.standardError * test.standardError)).toBeCloseTo(
      1,
      2,
    );
  });

  it("has a standard error of exactly 0 for equal rankings", () => {
    const target = Float64Array.of(1, 0, 1, 0, 1);
    const scores = Float64Array.of(0.9, 0.2, 0.6, 0.6, 0.4);

    expect(
      deLong(
        target,
        scores,
        scores.map((s) => s / 3),
      ),
    ).toMatchObject({ difference: 0, standardError: 0 });
  });

  it.each([[[1, 0, 0]], [[1, 1, 0]], [[1, 1, 1]], [[]]])("declines the labels %j", (labels) => {
    const target = Float64Array.from(labels);

    expect(deLong(target, target, target)).toBeNull();
  });
});
