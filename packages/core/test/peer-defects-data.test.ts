import { describe, expect, it } from "vitest";

import { checkData } from "../src/data/check-data.ts";
import { measureDrift } from "../src/data/measure-drift.ts";
import { mergeProfiles } from "../src/data/merge-profiles.ts";
import { profileOf, type Columns } from "../src/data/profile.fixture.ts";
import { checksPolicy } from "../src/spec/data-manifest.ts";
import { randomBits } from "../src/statistics/resampling/random-bits.ts";
import { normalQuantile } from "../src/statistics/special/normal.ts";
import { chiSquaredHomogeneity } from "../src/statistics/two-sample/chi-squared-homogeneity.ts";
import { jensenShannonDistanceBase2, jensenShannonDivergence } from "../src/statistics/two-sample/jensen-shannon.ts";

// Defects of other tools that watch data for drift, read in their sources or measured; each is what refit must not do.

type Values = readonly (number | string | null)[];

function draws(seed: number) {
  const next = randomBits(seed, 3);
  const uniform = () => (next() + 0.5) / 4_294_967_296;
  return { uniform, normal: () => normalQuantile(uniform()) };
}
const times = <T>(count: number, value: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => value(i));
const drift = (before: Values, now: Values) => measureDrift(profileOf({ x: before }), profileOf({ x: now }))[0]!;
const table = (columns: number, rows: number, seed: number, moved = 0): Columns => {
  const { normal } = draws(seed);
  return Object.fromEntries(times(columns, (i) => [`x${i}`, times(rows, () => normal() + moved)]));
};

describe("Evidently", () => {
  it("takes the reference for the truth in its chi-squared test; here both sides are samples", () => {
    const now = [60, 40];

    const once = chiSquaredHomogeneity([[50, 50], now])!.p;
    const doubled = chiSquaredHomogeneity([[100, 100], now])!.p;

    expect(doubled).toBeLessThan(once);
  });

  it("rejects a third of the time so; here about one in twenty", () => {
    let rejected = 0;
    for (let seed = 0; seed < 400; seed++) {
      const { uniform } = draws(seed);
      const sample = () =>
        times(300, uniform).reduce((counts, u) => (counts[Math.floor(4 * u)]!++, counts), [0, 0, 0, 0]);
      if (chiSquaredHomogeneity([sample(), sample()])!.p < 0.05) rejected++;
    }

    expect(rejected / 400).toBeGreaterThan(0.02);
    expect(rejected / 400).toBeLessThan(0.08);
  });

  it("divides by zero for a new category; here it is drift with finite numbers", () => {
    const found = drift(
      times(400, (i) => "ab"[i % 2]!),
      times(400, (i) => "abc"[i % 3]!),
    );

    expect(found.status).toBe("drift");
    for (const value of [found.psi, found.p, found.jsDistanceBase2]) expect(Number.isFinite(value)).toBe(true);
  });

  it("answers NaN for a constant column; here it is ok, with zeros", () => {
    const constant = drift(
      times(400, () => 5),
      times(300, () => 5),
    );

    expect(constant).toMatchObject({ status: "ok", psi: 0, ks: 0 });
  });

  it("has an absolute floor in its Wasserstein distance; here scale does not matter", () => {
    const { normal } = draws(1);
    const values = times(500, normal);
    const at = (scale: number) =>
      drift(
        values.map((v) => v * scale),
        values.map((v) => (v + 1) * scale),
      ).wasserstein!;

    for (const scale of [1e-6, 1e6]) expect(at(scale)).toBeCloseTo(at(1), 1);
  });

  it("sees no drift of ten deviations in numbers of a millionth; here it is drift", () => {
    const { normal } = draws(2);

    expect(
      drift(
        times(500, () => 1e-6 * normal()),
        times(500, () => 1e-6 * (normal() + 10)),
      ).status,
    ).toBe("drift");
  });

  it("makes a distance in deviations where there is no deviation; here there is none", () => {
    expect(
      drift(
        times(500, () => 1),
        times(500, () => 1.0005),
      ).wasserstein,
    ).toBeNull();
  });

  it("fails as a whole for one empty column; here that column has its status, and the others theirs", () => {
    const good = times(300, (i) => i % 7);
    const now = profileOf({ x: times(300, () => null), y: good });

    const found = measureDrift(profileOf({ x: good, y: good }), now);

    expect(found.map(({ column, status }) => [column, status])).toEqual([
      ["x", "drift"],
      ["y", "ok"],
    ]);
    expect(measureDrift(now, now).map(({ status }) => status)).toEqual(["ok", "ok"]);
  });

  it("drops missing values before it tests; here they are a bin of their own, and a jump is a suspect", () => {
    const before = times(500, (i) => i % 10);
    const now = times(500, (i) => (i % 5 < 2 ? null : i % 10));

    const findings = checkData({
      manifest: { checks: checksPolicy.parse({}) },
      time: null,
      now: 0,
      rows: 1000,
      reference: profileOf({ x: before }),
      newFiles: [{ path: "new.csv", profile: profileOf({ x: now }) }],
    });

    expect(drift(before, now).status).toBe("drift");
    expect(findings).toMatchObject([{ code: "null-jump" }]);
  });

  it("calls everything drift on all rows and nothing on a twentieth; here a shift too small to matter never is", () => {
    for (const rows of [1000, 20_000]) {
      const found = measureDrift(profileOf(table(4, rows, 1)), profileOf(table(4, rows, 2, 0.05)));
      expect(found.map(({ status }) => status)).toEqual(["ok", "ok", "ok", "ok"]);
    }
  });

  it("speaks of drift from eight rows; here that is too few to say", () => {
    expect(drift([1, 2, 3, 4, 5, 6, 7, 8], [9, 9, 9, 9, 9, 9, 9, 9])).toMatchObject({
      status: "insufficient",
      reason: "few-rows",
    });
  });
});

describe("Evidently, NannyML and TFDV", () => {
  it("mean three things by one name; here the name says distance, and the base", () => {
    const [p, q] = [
      [1, 0],
      [0, 1],
    ] as const;

    expect(jensenShannonDistanceBase2(p, q)).toBeCloseTo(1, 12);
    expect(jensenShannonDivergence(p, q)).toBeCloseTo(Math.LN2, 12);
  });
});

describe("alibi-detect", () => {
  it("fails for categories that the reference lacks; here it counts them", () => {
    expect(
      drift(
        times(300, () => "a"),
        times(300, (i) => (i % 3 ? "a" : `new ${i}`)),
      ).status,
    ).toBe("drift");
  });
});

describe("fixed thresholds of PSI", () => {
  it("alarm in most small samples; here 30 clean columns of 250 rows are quiet though their indices pass 0.1", () => {
    const found = measureDrift(profileOf(table(30, 250, 5)), profileOf(table(30, 250, 6)));

    expect(found.filter(({ status }) => status === "drift")).toEqual([]);
    expect(found.some(({ psi }) => psi! > 0.1)).toBe(true);
  });
});

describe("deepchecks", () => {
  it("misses that a rare answer doubled; here the target's rates are compared as well", () => {
    const rare = (every: number) => profileOf({ y: times(10_000, (i) => Number(i % every === 0)) });

    const [y] = measureDrift(rare(500), rare(200), { unread: [], target: ["y"] });

    expect(y).toMatchObject({ role: "target", status: "drift" });
  });
});

describe("Kayenta", () => {
  it("calls any small but steady shift high; here an effect must reach a floor", () => {
    const { normal } = draws(8);
    const values = times(5000, normal);

    expect(
      drift(
        values,
        values.map((value) => value + 0.02),
      ),
    ).toMatchObject({ status: "ok" });
  });
});

describe("profiles that are merged", () => {
  it("give the same answer whatever the files were cut into", () => {
    const rows = table(3, 900, 1);
    const part = (from: number) =>
      profileOf(Object.fromEntries(Object.entries(rows).map(([name, v]) => [name, v.slice(from, from + 300)])));
    const now = profileOf(table(3, 400, 2));

    const pieces = measureDrift(mergeProfiles([part(0), part(300), part(600)]), now);

    const whole = measureDrift(profileOf(rows), now);
    // Sums are added in another order, so the scale of this one may differ in its last digit.
    const expected = whole.map((column) => ({ ...column, wasserstein: expect.closeTo(column.wasserstein!, 9) }));
    expect(pieces).toEqual(expected);
  });
});
