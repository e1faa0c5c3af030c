import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { benjaminiHochberg, benjaminiYekutieli, bonferroni, holm } from "./adjust-p.ts";
import { obrienFlemingSpent, pocockSpent } from "./alpha-spending.ts";

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
const methods = { bonferroni, holm, benjaminiHochberg, benjaminiYekutieli };

describe("adjusted p-values", () => {
  it("are ordered: Bonferroni ≥ Holm ≥ Benjamini-Hochberg ≥ raw, and Benjamini-Yekutieli ≥ Benjamini-Hochberg", () => {
    fc.assert(
      fc.property(pValues, (raw) => {
        const [first, second, third, fourth] = [
          bonferroni(raw),
          holm(raw),
          benjaminiHochberg(raw),
          benjaminiYekutieli(raw),
        ];
        for (const [i, p] of raw.entries()) {
          expect(first[i]!).toBeGreaterThanOrEqual(second[i]!);
          expect(second[i]! * (1 + 1e-12)).toBeGreaterThanOrEqual(third[i]!);
          expect(third[i]! * (1 + 1e-12)).toBeGreaterThanOrEqual(p);
          expect(fourth[i]!).toBeGreaterThanOrEqual(third[i]!);
          expect(first[i]!).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it.each(Object.entries(methods))("of %s keep the order of the raw ones", (_name, method) => {
    fc.assert(
      fc.property(pValues, (raw) => {
        const adjusted = method(raw.toSorted((a, b) => a - b));
        for (let i = 1; i < adjusted.length; i++) expect(adjusted[i]!).toBeGreaterThanOrEqual(adjusted[i - 1]!);
      }),
    );
  });

  it.each(Object.entries(methods))("of %s do not fall when a test with p = 1 is added", (_name, method) => {
    fc.assert(
      fc.property(pValues, (raw) => {
        const more = method([...raw, 1]);
        for (const [i, p] of method(raw).entries()) expect(more[i]! * (1 + 1e-12)).toBeGreaterThanOrEqual(p!);
      }),
    );
  });

  it.each(Object.entries(methods))("of %s do not count tests that were not made", (_name, method) => {
    const [first, ...rest] = method([0.01, 0.04, 0.03]);

    expect(method([0.01, null, 0.04, 0.03])).toEqual([first, null, ...rest]);
    expect(method([])).toEqual([]);
  });
});

describe("alpha spending", () => {
  it.each([obrienFlemingSpent, pocockSpent])("by %o grows to alpha and not beyond", (spent) => {
    let before = 0;
    for (const share of [0.1, 0.3, 0.5, 0.9, 1]) {
      expect(spent(0.05, share)).toBeGreaterThan(before);
      before = spent(0.05, share);
    }
    expect(before).toBeCloseTo(0.05, 14);
  });

  it("spends less early after O'Brien and Fleming than after Pocock", () => {
    expect(obrienFlemingSpent(0.05, 0.2)).toBeLessThan(pocockSpent(0.05, 0.2) / 100);
  });
});
