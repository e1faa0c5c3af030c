import { describe, expect, it } from "vitest";
import { inferRhythm } from "./infer-rhythm.ts";

const DAY = 86_400_000;
/** Rows at an even pace, the newest last. */
const paced = (days: number, perDay: number) =>
  Float64Array.from({ length: days * perDay }, (_, i) => Date.UTC(2024, 0, 1) + Math.floor(i / perDay) * DAY);
/** Every so many rows one of the rare class. */
const rareEvery = (rows: number, every: number) =>
  Int32Array.from({ length: rows }, (_, i) => (i % every === 0 ? 1 : 0));
/** Two classes by turns, and every so many rows one of a third. */
const threeClasses = (rows: number, every: number) =>
  Int32Array.from({ length: rows }, (_, i) => (i % every === 0 ? 2 : i % 2));

describe("inferRhythm", () => {
  it.each<[why: string, times: Float64Array, every: number | null, days: number, windows: number[]]>([
    ["a thousand rows a day", paced(60, 1000), 2, 7, []],
    ["a thousand rows a day for long", paced(300, 1000), 2, 7, [168, 56]],
    ["a hundred a day, half of each class", paced(900, 100), 2, 7, [168, 56]],
    ["a hundred a day, no classes", paced(900, 100), null, 7, [168, 56]],
    ["a hundred a day, one in fifty is rare", paced(900, 100), 50, 28, [365]],
    ["two a day", paced(3000, 2), 2, 91, []],
    ["a month of few rows: a third of it at most", paced(30, 5), 2, 7, []],
  ])("%s", (_why, times, every, days, windows) => {
    const rhythm = inferRhythm(times, every === null ? null : rareEvery(times.length, every));

    expect(rhythm).toMatchObject({ days, windows });
  });

  it("does not wait for a class that is rare among several, but for a second one", () => {
    const times = paced(600, 10);
    const rareOfThree = threeClasses(times.length, 500);
    const rareOfTwo = rareEvery(times.length, 500);

    expect(inferRhythm(times, rareOfThree)).toMatchObject({ days: 14 });
    expect(inferRhythm(times, rareOfTwo)).toMatchObject({ days: 182 });
  });

  it("says nothing of rows that have no time, or all the same one", () => {
    expect(inferRhythm(Float64Array.of(Number.NaN), null)).toBeNull();
    expect(inferRhythm(new Float64Array(500).fill(DAY), null)).toBeNull();
  });

  it("asks for as many rows as there are where there are few", () => {
    expect(inferRhythm(paced(30, 5), null)).toMatchObject({ minRows: 20 });
    expect(inferRhythm(paced(60, 1000), null)).toMatchObject({ minRows: 150 });
  });

  it("leaves a week to the people who review and to the holdout, and more to few rows", () => {
    expect(inferRhythm(paced(60, 1000), null)).toMatchObject({
      days: 7,
      retrainDays: 7,
      burstRows: 16_000,
    });
    expect(inferRhythm(paced(3000, 2), null)).toMatchObject({ days: 91, retrainDays: 91 });
  });
});
