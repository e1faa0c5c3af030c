import { describe, expect, it } from "vitest";

import { checksPolicy } from "../spec/data-manifest.ts";
import { checkData } from "./check-data.ts";
import { driftOfNight, profilesOfNight } from "./clean-night.fixture.ts";
import { driftVerdict } from "./drift-verdict.ts";

/** Seeds are fixed, so the answers never vary. `npm run bench:statistics` simulates more nights. */
const nights = Array.from({ length: 50 }, (_, seed) => seed);

describe("over 30 clean columns a night", () => {
  it.each<[before: number, now: number]>([
    [600, 200],
    [300, 1000],
  ])("of %d rows then and %d now, at most 6 of 100 nights have an alarm", (before, now) => {
    const drifts = nights.map((seed) => driftOfNight({ seed, rows: [before, now] }));

    const ofAnyColumn = drifts.filter((columns) =>
      columns.some(({ role, status }) => role === "feature" && status === "drift"),
    );
    const ofTheWhole = drifts.filter((columns) => driftVerdict(columns).level >= 1);
    expect(ofAnyColumn.length / nights.length).toBeLessThanOrEqual(0.06);
    expect(ofTheWhole.length / nights.length).toBeLessThanOrEqual(0.06);
  });

  it("at most 2 of 100 nights have a finding that would block them", () => {
    const blocked = nights.filter((seed) => {
      const [reference, profile] = profilesOfNight({ seed, rows: [600, 200] });
      const findings = checkData({
        manifest: { checks: checksPolicy.parse({}) },
        time: null,
        now: 0,
        rows: 800,
        newFiles: [{ path: "new/a.csv", profile }],
        known: [{ path: "old/a.csv", rows: 600 }],
        target: ["y"],
        reference,
      });
      return findings.some(({ severity }) => severity !== "warning");
    });

    expect(blocked.length / nights.length).toBeLessThanOrEqual(0.02);
  });

  it("and a real move is found, in most columns and in the whole", () => {
    const drifts = nights.map((seed) =>
      driftOfNight({ seed, rows: [1000, 300], columns: 10, moving: 7, moved: 0.5 }).slice(0, 7),
    );

    const found = drifts.flat().filter(({ status }) => status === "drift").length;
    expect(found / drifts.flat().length).toBeGreaterThan(0.8);
    expect(drifts.every((columns) => driftVerdict(columns).level >= 1)).toBe(true);
  });
});
