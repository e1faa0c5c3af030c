import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { benjaminiHochberg, holm } from "./adjust-p.ts";

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
const methods = { holm, benjaminiHochberg };

describe("adjusted p-values", () => {
  it("are ordered: p times the number of tests ≥ Holm ≥ Benjamini-Hochberg ≥ raw", () => {
    fc.assert(
      fc.property(pValues, (raw) => {
        const [first, second] = [holm(raw), benjaminiHochberg(raw)];
        for (const [i, p] of raw.entries()) {
          expect(Math.min(1, p * raw.length)).toBeGreaterThanOrEqual(first[i]!);
          expect(first[i]! * (1 + 1e-12)).toBeGreaterThanOrEqual(second[i]!);
          expect(second[i]! * (1 + 1e-12)).toBeGreaterThanOrEqual(p);
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
