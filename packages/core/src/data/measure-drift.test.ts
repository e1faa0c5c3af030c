import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { measureDrift } from "./measure-drift.ts";
import { profileOf, type Columns } from "./profile.fixture.ts";
import type { Profile } from "./profile.ts";

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

    expect(measureDrift(before, now, { unread: ["id"], target: [] }).map((drift) => drift.column)).toEqual(["x"]);
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

  it("looks at dates by their missing values alone", () => {
    const dated = (value: (i: number) => number | null) => {
      const profile = profileOf({ t: Array.from({ length: 400 }, (_, i) => value(i)) });
      return { ...profile, columns: profile.columns.map((c) => ({ ...c, type: "date" as const })) };
    };

    expect(
      measureDrift(
        dated((i) => i),
        dated((i) => i + 1e6),
      ),
    ).toMatchObject([{ status: "insufficient", reason: "always-moves", psi: null }]);
    expect(
      measureDrift(
        dated((i) => i),
        dated((i) => (i % 2 ? i : null)),
      ),
    ).toMatchObject([{ status: "drift" }]);
  });

  it.each<[what: string, before: Values | null, now: Values | null, status: string, reason: string]>([
    ["begins", null, column(300, (u) => u), "insufficient", "new"],
    ["is gone", column(300, (u) => u), null, "error", "gone"],
    ["becomes text", column(300, (u) => u), column(300, colour), "error", "other-type"],
    ["has few rows", column(300, (u) => u), column(9, (u) => u), "insufficient", "few-rows"],
  ])("gives a column that %s a status and the reason", (_what, before, now, status, reason) => {
    const side = (values: Values | null): Columns => (values === null ? {} : { x: values });
    const [drift] = measureDrift(profileOf(side(before)), profileOf(side(now)));

    expect(drift).toMatchObject({ column: "x", status, reason, psi: null, p: null });
  });

  it("asks for more than a column's usual move", () => {
    const before = profileOf({ x: column(1000, (u) => u) });
    const used = { ...before, columns: before.columns.map((c) => ({ ...c, usualPsi: 5 })) };
    const now = profileOf({ x: column(1000, (u) => u + 0.2) });

    expect(measureDrift(before, now)).toMatchObject([{ status: "drift" }]);
    expect(measureDrift(used, now)).toMatchObject([{ status: "ok", floor: expect.closeTo(5.05, 1) }]);
  });

  it("has its own family of tests for the target, and the farthest effects beside", () => {
    const before = profileOf({ y: column(1000, colour), x: column(1000, (u) => 10 * u) });
    const now = profileOf({ y: column(1000, colour), x: column(1000, (u) => 10 * u + 5) });

    const [x, y] = measureDrift(before, now, { unread: [], target: ["y"] });

    expect(x).toMatchObject({ column: "x", role: "feature", jsDistanceBase2: null });
    expect(x!.ks).toBeCloseTo(0.5, 1);
    expect(x!.wasserstein).toBeCloseTo(5 / Math.sqrt(100 / 12), 1);
    expect(y).toMatchObject({ column: "y", role: "target", status: "ok", jsDistanceBase2: 0, ks: null, p: 1 });
  });

  const answers = (profile: Profile, values: Values | null): Profile =>
    values === null ? profile : { ...profile, prediction: profileOf({ y: values }).columns[0] };

  it.each<[what: string, then: Values | null, now: Values | null, status: string, reason: string | null]>([
    ["as they were", column(800, (u) => u), column(300, (u) => u), "ok", null],
    ["that moved", column(800, (u) => u), column(300, (u) => u / 2), "drift", null],
    ["of few rows", column(800, (u) => u), column(30, (u) => u), "insufficient", "few-rows"],
    ["of a version that keeps none", null, column(300, (u) => u), "insufficient", "not-kept"],
    ["that cannot be made", column(800, (u) => u), null, "error", "not-applicable"],
  ])("compares the champion's answers with those at training: %s", (_what, then, now, status, reason) => {
    const data = profileOf({ x: column(800, (u) => u) });
    const roles = { unread: [], target: [], prediction: "y" };

    const [x, y] = measureDrift(answers(data, then), answers(data, now), roles);

    expect(x).toMatchObject({ column: "x", role: "feature", status: "ok" });
    expect(y).toMatchObject({ column: "y", role: "prediction", status, reason, importance: null });
  });

  it("says nothing of answers that nobody asks for", () => {
    const data = answers(
      profileOf({ x: column(800, (u) => u) }),
      column(800, (u) => u),
    );

    expect(measureDrift(data, data)).toHaveLength(1);
  });

  it.each<[role: string, target: string[], status: string]>([
    ["target", ["y"], "drift"],
    ["feature", [], "ok"],
  ])("sees a rare class of the %s double", (_role, target, status) => {
    const rare = (every: number) => profileOf({ y: column(5000, (_, i) => Number(i % every === 0)) });

    const [drift] = measureDrift(rare(100), rare(40), { unread: [], target });

    expect(drift!.psi).toBeLessThan(0.1);
    expect(drift).toMatchObject({ status });
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

        for (const { psi, p, status } of measureDrift(many(a), many(b))) {
          expect(["ok", "drift", "insufficient", "error"]).toContain(status);
          expect(psi ?? 0).toBeGreaterThanOrEqual(0);
          expect(p ?? 0).toBeGreaterThanOrEqual(0);
          expect(p ?? 0).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
