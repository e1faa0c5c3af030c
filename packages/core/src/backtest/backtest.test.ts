import { describe, expect, it } from "vitest";
import { metrics } from "../metrics/metrics.ts";
import { blockBootstrap } from "../statistics/resampling/block-bootstrap.ts";
import { DAY } from "../time.ts";
import type { BacktestNight, Line, LineNight } from "./backtest.ts";
import { bestSchedule, choosePolicy } from "./choose-policy.ts";
import { noChangeAnswers } from "./no-change.ts";
import { defaultSpan, nightsOf, nightsToChooseOn } from "./nights.ts";
import { compareLine, sharedNights, summariseLine, type LineSummary } from "./summarise-line.ts";

describe("nightsOf", () => {
  it("are evenly spaced and end before the last row", () => {
    expect(nightsOf({ from: 0, to: 15 * DAY, everyDays: 7 })).toEqual([0, 7 * DAY, 14 * DAY]);
    expect(nightsOf({ from: 0, to: 14 * DAY, everyDays: 7 })).toEqual([0, 7 * DAY]);
    expect(nightsOf({ from: 1, to: 1, everyDays: 7 })).toEqual([]);
  });
});

describe("defaultSpan", () => {
  it.each<[days: number, from: number, everyDays: number]>([
    [50, 10, 1],
    [500, 100, 7],
    [5000, 1000, 70],
  ])("of %d days begins after %d and looks every %d", (days, from, everyDays) => {
    const times = Float64Array.from({ length: days + 1 }, (_, day) => day * DAY);

    expect(defaultSpan(times, 1)).toEqual({ from: from * DAY, to: days * DAY, everyDays });
  });

  it("begins no earlier than there are enough rows", () => {
    const times = Float64Array.from({ length: 1000 }, (_, row) => (row * DAY) / 2);

    expect(defaultSpan(times, 600)).toMatchObject({ from: 300 * DAY, everyDays: 7 });
    expect(defaultSpan(times, 2000)).toMatchObject({ from: 500 * DAY });
  });

  it("leaves a fifth of the nights for what is chosen", () => {
    expect(nightsToChooseOn(60)).toBe(48);
    expect(nightsToChooseOn(2)).toBe(2);
  });
});

describe("noChangeAnswers", () => {
  const days = (...numbers: number[]) => Float64Array.from(numbers, (day) => day * DAY);

  it("are the newest label that was known when the row came", () => {
    const known = { times: days(0, 1, 2, 2, 3), labels: Float64Array.of(5, 6, 7, 8, 9), delay: 0, classes: 0 };

    expect(noChangeAnswers(known, Uint32Array.of(1, 2, 3, 4))).toEqual(Float64Array.of(5, 6, 6, 8));
    expect(noChangeAnswers({ ...known, delay: DAY + 1 }, Uint32Array.of(2, 4))).toEqual(Float64Array.of(5, 6));
    expect(noChangeAnswers(known, Uint32Array.of(0))).toBeNull();
  });

  it("are as sure as labels before were alike, and never for the other class", () => {
    const alike = { times: days(0, 1, 2, 3), labels: Float64Array.of(1, 1, 1, 0), delay: 0, classes: 2 };
    const other = { ...alike, labels: Float64Array.of(0, 1, 0, 1) };

    expect(noChangeAnswers(alike, Uint32Array.of(3))![0]).toBeCloseTo(3 / 4);
    expect(noChangeAnswers(other, Uint32Array.of(3))![0]).toBeCloseTo(0.49);
  });

  it("leave the rest to the other classes", () => {
    const known = { times: days(0, 1), labels: Float64Array.of(2, 0), delay: 0, classes: 3 };

    expect(noChangeAnswers(known, Uint32Array.of(1))).toEqual(Float64Array.of(0.245, 0.245, 0.51));
  });

  it("pass over rows without a label", () => {
    const known = { times: days(0, 1, 2), labels: Float64Array.of(4, Number.NaN, 6), delay: 0, classes: 0 };

    expect(noChangeAnswers(known, Uint32Array.of(2))).toEqual(Float64Array.of(4));
  });
});

describe("blockBootstrap", () => {
  it("widens the interval where neighbours are alike", () => {
    const waves = Array.from({ length: 64 }, (_, i) => (Math.floor(i / 8) % 2 === 0 ? 1 : -1));
    const mixed = Array.from({ length: 64 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const width = (values: number[]) => {
      const { low, high } = blockBootstrap({ values, weights: values.map(() => 1), seed: 7 })!;
      return high - low;
    };

    expect(width(waves)).toBeGreaterThan(2 * width(mixed));
  });

  it("weighs, and tells nothing of three values", () => {
    expect(blockBootstrap({ values: [1, 1, 1, 5], weights: [1, 1, 1, 0], seed: 1 })!.mean).toBe(1);
    expect(blockBootstrap({ values: [1, 2, 3], weights: [1, 1, 1], seed: 1 })).toBeNull();
  });
});

const line = (id: string, kind: Line["kind"] = "policy"): Line => ({ id, kind, name: id, everyDays: null });

function nightWith(rows: number, lines: Readonly<Record<string, Partial<LineNight>>>): BacktestNight {
  const quiet = {
    decision: null,
    because: [],
    against: [],
    retrained: false,
    promoted: false,
    version: null,
    metrics: null,
  };
  const filled = Object.entries(lines).map(([id, night]) => [id, { ...quiet, ...night }] as const);
  return { at: "", until: "", rows, lines: Object.fromEntries(filled) };
}

describe("summariseLine", () => {
  const nights = [
    nightWith(100, {
      a: { decision: "proposed", retrained: true, promoted: true, metrics: { rmse: 1 } },
      b: { metrics: { rmse: 2 } },
    }),
    nightWith(300, {
      a: { decision: "rejected", retrained: true, against: ["no-better-than-dummy"], metrics: { rmse: 2 } },
      b: { metrics: { rmse: 3 } },
    }),
    nightWith(100, { a: { decision: "blocked", metrics: { rmse: 2 } }, b: { metrics: { rmse: 3 } } }),
    nightWith(100, { a: { decision: "failed", metrics: { rmse: 2 } }, b: { metrics: { rmse: 3 } } }),
    nightWith(900, { a: { decision: "skipped" }, b: { metrics: { rmse: 9 } } }),
  ];
  const shared = sharedNights(nights, [line("a"), line("b"), line("never measured")], "rmse");
  const request = { nights, shared, names: ["rmse"] as const, primary: metrics.rmse, seed: 7 };

  it("measures lines on the rows that all of them have answered, and counts on all nights", () => {
    expect(shared).toEqual(nights.slice(0, 4));
    expect(sharedNights(nights, [line("b")], "rmse")).toHaveLength(5);
    expect(sharedNights(nights, [line("never measured")], "rmse")).toEqual([]);
    expect(summariseLine(line("b"), request).metrics.rmse).toBeCloseTo((200 + 900 + 300 + 300) / 600);
  });

  it("counts what happened, and weighs nights by their rows", () => {
    expect(summariseLine(line("a"), request)).toMatchObject({
      metrics: { rmse: (100 + 600 + 200 + 200) / 600 },
      retrains: 2,
      promotions: 1,
      refusals: 1,
      refusedFor: ["no-better-than-dummy"],
      dataBlocks: 1,
      failures: 1,
    });
  });

  it("says how much better it is on the nights that both were measured on, lower being better here", () => {
    expect(compareLine(summariseLine(line("a"), request), ["a", "b"], request).against).toEqual({
      b: { mean: 1, low: 1, high: 1 },
    });
  });
});

describe("choosePolicy", () => {
  const summary = (id: string, value: number, retrains: number, kind: Line["kind"] = "policy"): LineSummary => ({
    ...line(id, kind),
    metrics: { rocAuc: value },
    retrains,
    promotions: retrains,
    refusals: 0,
    refusedFor: [],
    dataBlocks: 0,
    failures: 0,
  });
  const never = summary("never", 0.7, 1, "never");

  it.each<[why: string, lines: LineSummary[], chosen: string]>([
    ["the best", [summary("a", 0.8, 10), summary("b", 0.75, 5), never], "a"],
    ["fewer retrains for nine tenths of the gain", [summary("a", 0.8, 10), summary("b", 0.795, 5), never], "b"],
    ["never a schedule", [summary("a", 0.8, 10), summary("c", 0.9, 1, "schedule"), never], "a"],
    [
      "what does as well as the best schedule, where one does",
      [summary("a", 0.8, 10), summary("b", 0.795, 5), summary("c", 0.798, 20, "schedule"), never],
      "a",
    ],
    [
      "fewer retrains where no policy does as well as a schedule",
      [summary("a", 0.8, 10), summary("b", 0.795, 5), summary("c", 0.9, 20, "schedule"), never],
      "b",
    ],
    ["the best of those that lose", [summary("a", 0.6, 1), summary("b", 0.65, 9), never], "b"],
  ])("takes %s", (_why, lines, chosen) => {
    expect(choosePolicy(lines, metrics.rocAuc)?.id).toBe(chosen);
  });

  it("has nothing to choose where nothing was measured", () => {
    expect(choosePolicy([{ ...summary("a", 0, 1), metrics: {} }, never], metrics.rocAuc)).toBeNull();
  });

  it("finds the best schedule, by lower numbers where these are better", () => {
    const schedules = [summary("c", 0.9, 1, "schedule"), summary("d", 0.8, 1, "schedule")];
    const losses = schedules.map((each) => ({ ...each, metrics: { logLoss: each.metrics.rocAuc! } }));

    expect(bestSchedule(schedules, metrics.rocAuc)?.id).toBe("c");
    expect(bestSchedule(losses, metrics.logLoss)?.id).toBe("d");
    expect(bestSchedule([never], metrics.rocAuc)).toBeNull();
  });
});
