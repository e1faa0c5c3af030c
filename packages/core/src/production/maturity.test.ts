import { describe, expect, it } from "vitest";
import { DAY } from "../time.ts";
import type { ArrivalSums } from "./arrivals.ts";
import { type ArrivalDay, learnDelays } from "./learn-delays.ts";
import { dayText, draws, drawRows, firstDay, knownDay } from "./live-stream.fixture.ts";
import { liveWindows } from "./live-windows.ts";
import { matureDays } from "./mature-days.ts";

/** Until the start of a day: days before it are over. */
const untilNight = (night: number) => firstDay + night * DAY;

/** Labels of a day by their delay, those that are known by `until` only. */
function arrivalsOf(delays: Record<number, readonly number[]>, age: number): ArrivalSums {
  const known = Object.entries(delays).map(
    ([group, rows]) =>
      [Number(group), rows.flatMap((n, delay) => (delay < age && n > 0 ? [[delay, n] as const] : []))] as const,
  );
  return { answered: [[0, 1000]], labelled: [[0, 900]], delays: known };
}

const past = (nights: number, delays: Record<number, readonly number[]>): ArrivalDay[] =>
  Array.from({ length: nights }, (_, night) => ({
    day: dayText(night),
    arrivals: arrivalsOf(delays, nights - night - 1),
  }));

describe("learnDelays", () => {
  it("is the plain distribution once all labels are here, whatever is still missing of new days", () => {
    const delays = { 0: [50, 30, 15, 5] };
    const learnt = learnDelays(past(20, delays), untilNight(20));

    expect(learnt.groups[0]!.within.slice(0, 4)).toEqual(
      [0.5, 0.8, 0.95, 1].map((share) => expect.closeTo(share, 12) as number),
    );
    expect(learnt.matureAfter).toBe(3);
  });

  it("does not take new days, of which only quick labels are known, for a quick past", () => {
    // Ten times as many rows since yesterday.
    const days = past(20, { 0: [50, 30, 15, 5] });
    const busy: ArrivalDay = { day: dayText(18), arrivals: arrivalsOf({ 0: [500] }, 1) };
    const learnt = learnDelays([...days, busy, busy], untilNight(20));

    expect(learnt.groups[0]!.within[0]).toBeCloseTo(0.5, 12);
  });

  it("waits for the slowest class", () => {
    const learnt = learnDelays(past(60, { 0: [95, 5], 1: [0, 0, 0, 0, 0, 0, 0, 0, 0, 10] }), untilNight(60));

    expect(learnt.matureAfter).toBe(10);
    expect(learnDelays(past(60, { 0: [95, 5] }), untilNight(60)).matureAfter).toBe(1);
  });

  it("puts classes with few labels together", () => {
    const learnt = learnDelays(past(10, { 0: [90, 10], 1: [1], 2: [1, 1] }), untilNight(10));

    expect(learnt.groups.map(({ labels }) => labels)).toEqual([890, 26]);
  });

  it.each<[string, ArrivalDay[], number]>([
    ["no past", [], 10],
    ["a past that is not twice as long as the delay", past(12, { 0: [0, 0, 0, 0, 0, 0, 0, 100] }), 12],
    ["too few labels", past(30, { 0: [1, 1] }), 30],
    ["a day that has not ended", past(1, { 0: [200] }), 0],
  ])("knows nothing with %s", (_why, days, night) => {
    expect(learnDelays(days, untilNight(night)).matureAfter).toBeNull();
  });

  it("knows it once the past is twice as long", () => {
    expect(learnDelays(past(17, { 0: [0, 0, 0, 0, 0, 0, 0, 100] }), untilNight(17)).matureAfter).toBe(8);
  });
});

describe("matureDays", () => {
  const model = { prevalence: 0.2, judgedAuc: 0.8, liveAuc: 0.8 };
  const nights = 40;
  const until = untilNight(nights);
  const stream = (delayOf: (label: number, score: number, draw: () => number) => number) => {
    const draw = draws(1);
    return Array.from({ length: nights }, (_, night) => {
      const rows = drawRows(300, model, draw);
      const delays = rows.labels.map((label, row) => delayOf(label, rows.answers.predictions[row]!, draw));
      return knownDay(night, rows, delays, nights - night - 1);
    });
  };
  const maturityOf = (days: ReturnType<typeof stream>) => matureDays(days, learnDelays(days, until), until, "binary");

  it("counts days that are old enough, and no others", () => {
    const { days, isSelective } = maturityOf(stream((_label, _score, draw) => Math.floor(10 * draw())));

    expect(isSelective).toBe(false);
    expect(days.map(({ immature }) => immature)).toEqual([
      ...Array<null>(30).fill(null),
      ...Array<string>(10).fill("early"),
    ]);
    expect(days[0]!.expectedShare).toBe(1);
    expect(days[38]!.expectedShare).toBeCloseTo(0.1, 1);
    expect(days[39]!.expectedShare).toBe(0);
  });

  it("counts days though one class is slower, after the time that this class takes", () => {
    const { days, isSelective } = maturityOf(
      stream((label, _score, draw) => (label === 1 ? 8 : 0) + Math.floor(3 * draw())),
    );

    expect(isSelective).toBe(false);
    expect(days.map(({ immature }) => immature)).toEqual([
      ...Array<null>(29).fill(null),
      ...Array<string>(11).fill("early"),
    ]);
  });

  it("counts no day where labels come for some answers only", () => {
    // Of every other row with a high score nobody learns the label.
    const { days, isSelective } = maturityOf(
      stream((_label, score, draw) => (score > 0.3 && draw() < 0.5 ? Infinity : 1)),
    );

    expect(isSelective).toBe(true);
    expect(new Set(days.map(({ immature }) => immature))).toEqual(new Set(["selective", "early"]));
  });

  it("counts no day where that shows over all days only", () => {
    const { days } = maturityOf(stream((_label, score, draw) => (score > 0.2 && draw() < 0.06 ? Infinity : 1)));

    expect(days.slice(0, 38).map(({ immature }) => immature)).toEqual(Array<string>(38).fill("selective"));
  });

  it("leaves out a single day of which labels came for some answers only", () => {
    const whole = stream(() => 1);
    const selective = stream((_label, score) => (score > 0.2 ? Infinity : 1));
    const { days, isSelective } = maturityOf(whole.map((day, night) => (night === 20 ? selective[20]! : day)));

    expect(isSelective).toBe(false);
    expect(days.flatMap(({ day, immature }) => (immature === "selective" ? [day] : []))).toEqual([dayText(20)]);
  });

  it("takes labels that come to half of all answers alike for what they are", () => {
    const { days } = maturityOf(stream((_label, _score, draw) => (draw() < 0.5 ? Infinity : 1)));

    expect(days.filter(({ immature }) => immature === null)).toHaveLength(38);
  });

  it("counts nothing while delays are unknown", () => {
    const days = stream(() => 30);

    expect(new Set(maturityOf(days).days.map(({ immature }) => immature))).toEqual(new Set(["delays-unknown"]));
  });
});

describe("liveWindows", () => {
  const model = { prevalence: 0.3, judgedAuc: 0.8, liveAuc: 0.8 };
  const draw = draws(2);
  const sizes = [100, 300, 50, 50, 400, 10, 100, 100];
  const days = sizes.map((rows, night) => knownDay(night, drawRows(rows, model, draw), new Float64Array(rows), 99));
  const maturity = days.map(({ day }, night) => ({
    day,
    expectedShare: 1,
    immature: night >= 6 ? ("early" as const) : null,
  }));

  it("have about as many labels each, in whole days, mature and immature apart", () => {
    const windows = liveWindows(days.toReversed(), maturity, "rocAuc", 200);

    expect(windows.map(({ from, to, rows, isMature }) => [from, to, rows, isMature])).toEqual([
      [dayText(0), dayText(1), 400, true],
      [dayText(2), dayText(4), 500, true],
      [dayText(5), dayText(5), 10, true],
      [dayText(6), dayText(7), 200, false],
    ]);
  });

  it("have an interval around the value, where there is one", () => {
    const windows = liveWindows(days, maturity, "rocAuc", 200);

    for (const { value, interval } of windows.slice(0, 2)) {
      expect(interval![0]).toBeLessThan(0.8);
      expect(interval![1]).toBeGreaterThan(0.8);
      expect((interval![0] + interval![1]) / 2).toBeCloseTo(value!, 12);
    }
    expect(liveWindows(days, maturity, "mae", 200)[0]).toMatchObject({ value: null, interval: null, rows: 400 });
    expect(liveWindows([], [], "rocAuc", 200)).toEqual([]);
  });
});
