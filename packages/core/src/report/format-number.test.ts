import { describe, expect, it } from "vitest";
import { formatNumber } from "./format-number.ts";
import { sparkline } from "./sparkline.ts";

describe("formatNumber", () => {
  it.each<[value: number, text: string]>([
    [0.81234567, "0.8123"],
    [1, "1.0000"],
    [-0.5, "-0.5000"],
    [12.34567, "12.346"],
    [123.4567, "123.46"],
    [1234567.89, "1234567.9"],
    [0, "0.0000"],
    [-0, "0.0000"],
    [0.0001, "0.0001"],
    [0.0000123, "1.2e-5"],
    [1.5e15, "1.5000e+15"],
    [Number.NaN, "–"],
    [-Infinity, "–"],
  ])("%d", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe("sparkline", () => {
  it.each<[counts: number[], bars: string]>([
    [[], ""],
    [[0, 0], "▁▁"],
    [[0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"],
    [[1000, 1, 0], "█▂▁"],
  ])("%j", (counts, bars) => {
    expect(sparkline(counts)).toBe(bars);
  });
});
