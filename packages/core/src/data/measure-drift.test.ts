import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { measureDrift } from "./measure-drift.ts";
import { profileOf } from "./profile.fixture.ts";

type Values = readonly (number | string | null)[];

/** Evenly spread, without a visible pattern. */
const uniform = (i: number) => (i * 0.618_033_988_749_895) % 1;
const column = (rows: number, value: (u: number, i: number) => number | string | null): Values =>
  Array.from({ length: rows }, (_, i) => value(uniform(i), i));
const colour = (u: number) => (u < 0.5 ? "red" : u < 0.8 ? "green" : "blue");

describe("measureDrift", () => {
  it.each<[what: string, before: Values, now: Values, status: string]>([
    ["the same numbers", column(1000, (u) => u), column(1000, (u) => u), "ok"],
    ["the same distribution", column(1000, (u) => u), column(700, (_, i) => uniform(i + 5000)), "ok"],
    ["shifted by a fifth of the range", column(1000, (u) => u), column(1000, (u) => u + 0.2), "drift"],
    ["a shift that is significant but tiny", column(50_000, (u) => u), column(50_000, (u) => u + 0.01), "ok"],
    ["199 rows on one side", column(1000, (u) => u), column(199, (u) => u + 5), "insufficient"],
    ["200 rows", column(1000, (u) => u), column(200, (u) => u + 5), "drift"],
    ["constant and the same", column(500, () => 5), column(300, () => 5), "ok"],
    ["constant, but larger", column(500, () => 5), column(300, () => 6), "drift"],
    ["constant, but smaller", column(500, () => 5), column(300, () => 4), "drift"],
    ["no longer constant", column(500, () => 5), column(300, (u) => 4 + 2 * u), "drift"],
    ["all missing on both sides", column(500, () => null), column(300, () => null), "ok"],
    ["half missing where none was", column(500, (u) => u), column(300, (u, i) => (i % 2 ? null : u)), "drift"],
    ["the same categories", column(1000, colour), column(600, (_, i) => colour(uniform(i + 77))), "ok"],
    ["categories in other shares", column(1000, colour), column(600, (u) => colour(u + 0.25)), "drift"],
    ["a new category", column(1000, colour), column(600, (u, i) => (i % 3 ? colour(u) : "black")), "drift"],
    [
      "rare categories come and go",
      column(1000, (u, i) => (i % 250 ? colour(u) : `x${i}`)),
      column(1000, (u, i) => (i % 250 ? colour(u) : `y${i}`)),
      "ok",
    ],
    ["ids that never repeat", column(1000, (_, i) => `id${i}`), column(1000, (_, i) => `id${i + 1000}`), "ok"],
  ])("%s", (_what, before, now, status) => {
    const [drift] = measureDrift(profileOf({ x: before }), profileOf({ x: now }));

    expect(drift).toMatchObject({ column: "x", status });
  });

  it("leaves out columns that the model does not read", () => {
    const before = profileOf({ x: column(1000, (u) => u), id: column(1000, (u) => u) });
    const now = profileOf({ x: column(1000, (u) => u + 0.5), id: column(1000, (u) => u + 0.5) });

    expect(measureDrift(before, now, ["id"]).map((drift) => drift.column)).toEqual(["x"]);
  });

  it("is not alarmed by samples of one distribution", () => {
    // 60 columns at once: without the second key or the adjustment some of them would alarm.
    const sample = (seed: number) => {
      let state = seed;
      const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296;
      return profileOf(
        Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`c${i}`, Array.from({ length: 220 }, next)])),
      );
    };

    const drifts = measureDrift(sample(1), sample(2));

    expect(drifts.filter(({ status }) => status !== "ok")).toEqual([]);
    expect(drifts.some(({ psi }) => psi! > 0.1)).toBe(true);
  });

  it("leaves out dates, and columns that only one side has", () => {
    const profile = profileOf({ x: column(300, (u) => u), y: column(300, (u) => u) });
    const dated = { ...profile, columns: profile.columns.map((c) => ({ ...c, type: "date" as const })) };

    expect(measureDrift(dated, dated)).toEqual([]);
    expect(measureDrift(profileOf({ a: [1] }), profileOf({ b: [1] }))).toEqual([]);
  });

  it("never fails, and keeps its numbers in range", () => {
    const value = fc.option(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, min: -1e9, max: 1e9 })));
    const side = fc.oneof(
      fc.array(value, { maxLength: 40 }),
      fc.array(fc.option(fc.constantFrom("a", "b")), { maxLength: 40 }),
    );
    fc.assert(
      fc.property(side, side, fc.integer({ min: 0, max: 12 }), (a, b, times) => {
        const many = (values: Values) => profileOf({ x: Array.from({ length: times }, () => values).flat() });

        for (const { psi, p } of measureDrift(many(a), many(b))) {
          expect(psi ?? 0).toBeGreaterThanOrEqual(0);
          expect(p ?? 0).toBeGreaterThanOrEqual(0);
          expect(p ?? 0).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
