import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayText, draws, drawRows, labelledDay } from "./live-stream.fixture.ts";
import type { LiveDay } from "./live-windows.ts";
import type { WatchPolicy } from "./performance-evidence.ts";
import { noSums } from "./production-sums.ts";
import { watchPerformance } from "./watch-performance.ts";

const policy: WatchPolicy = {
  metric: "rocAuc",
  higherIsBetter: true,
  reference: { value: 0.8, standardError: 0.01 },
  margin: 0.01,
};
const model = { prevalence: 0.2, judgedAuc: 0.8, liveAuc: 0.8 };

/** Days of 200 labels, whose AUC drops on some night. */
function stream(nights: number, { drop = 0, from = 0, seed = 7 } = {}): LiveDay[] {
  const draw = draws(seed);
  return Array.from({ length: nights }, (_, night) =>
    labelledDay(night, drawRows(200, { ...model, liveAuc: 0.8 - (night >= from ? drop : 0) }, draw)),
  );
}

const watch = (days: readonly LiveDay[], change: Partial<WatchPolicy> = {}) =>
  watchPerformance(days, dayText(0), { ...policy, ...change });

describe("watchPerformance", () => {
  it("is quiet while nothing has changed, and says how bad it can be", () => {
    const seen = watch(stream(60));

    expect(seen.isAlarm).toBe(false);
    expect(seen.live!.rows).toBe(12_000);
    expect(seen.drop).toBeCloseTo(0, 1);
    expect(seen.leastDrop).toBeLessThan(0.01);
  });

  it("finds a drop, from the start or from some week on, and names the week", () => {
    const [early, late] = [watch(stream(40, { drop: 0.08 })), watch(stream(60, { drop: 0.08, from: 42 }))];

    expect(early).toMatchObject({ isAlarm: true, since: dayText(0) });
    expect(late).toMatchObject({ isAlarm: true, since: dayText(42) });
    expect(early.leastDrop).toBeGreaterThan(0.01);
    expect(early.leastDrop).toBeLessThan(0.1);
  });

  it("is at rest within the margin, and at what the reference does not know exactly", () => {
    const days = stream(60, { drop: 0.05 });

    expect(watch(days).isAlarm).toBe(true);
    expect(watch(days, { margin: 0.05 }).isAlarm).toBe(false);
    expect(watch(days, { reference: { value: 0.8, standardError: 0.03 } }).isAlarm).toBe(false);
    expect(watch(days, { alpha: 1e-9 }).isAlarm).toBe(false);
  });

  it("has leastDrop where the evidence falls below what an alarm needs", () => {
    const days = stream(30, { drop: 0.06 });
    const { leastDrop } = watch(days);

    expect(watch(days, { margin: leastDrop - 1e-9 }).isAlarm).toBe(true);
    expect(watch(days, { margin: leastDrop + 1e-9 }).isAlarm).toBe(false);
  });

  it("reads losses the other way round", () => {
    const days = stream(60, { drop: 0.08 });
    const loss = { metric: "logLoss", reference: { value: 0.42, standardError: 0.005 }, margin: 0 } as const;

    expect(watch(days, { ...loss, higherIsBetter: false }).isAlarm).toBe(true);
    expect(watch(days, { ...loss, higherIsBetter: true }).isAlarm).toBe(false);
  });

  it("gives the same for the same days in any order", () => {
    const days = stream(20, { drop: 0.02 });
    const expected = watch(days);
    fc.assert(
      fc.property(fc.shuffledSubarray([...days.keys()], { minLength: 20 }), (shuffled) => {
        expect(watch(shuffled.map((night) => days[night]!))).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  });

  it("says nothing of few labels, or of a metric that is not defined", () => {
    const nothing = { live: null, drop: null, leastDrop: -Infinity, evidence: 1, isAlarm: false, since: null };
    const negatives = { ...noSums, rows: 5000, scores: [[[3, 5000]], []] as const };

    expect(watch([])).toEqual(nothing);
    expect(watch(stream(1).map((day) => ({ ...day, sums: { ...day.sums, rows: 99 } })))).toEqual(nothing);
    expect(watch(stream(1).map((day) => ({ ...day, sums: negatives })))).toEqual(nothing);
    expect(watch(stream(5), { metric: "mae" })).toEqual(nothing);
  });

  it("alarms though all rows are wrong alike, which leaves no spread", () => {
    const days = stream(3).map((day) => ({
      ...day,
      sums: { ...day.sums, confusion: [0, 160, 40, 0, 0, 0] },
    }));

    expect(watch(days, { metric: "accuracy", reference: { value: 0.9, standardError: 0 } }).isAlarm).toBe(true);
    expect(watch(days, { metric: "accuracy", reference: { value: 0, standardError: 0 } })).toMatchObject({
      isAlarm: false,
      evidence: 1,
    });
  });

  it("counts a version's weeks from its first labels, when it waited for them", () => {
    const days = stream(30, { drop: 0.08 });
    const later = watchPerformance(days, "2025-12-11", policy);

    expect(later.isAlarm).toBe(true);
    expect(later.evidence).toBeGreaterThan(0.5 * watch(days).evidence);
  });
});
