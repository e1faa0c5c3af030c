import { describe, expect, it } from "vitest";
import type { DummyRow, MetricRow } from "./comparison.ts";
import { checkCalibration, checkGap } from "./drawbacks.ts";
import { checkDummy } from "./dummy.ts";

describe("checkCalibration", () => {
  const ece = (improvement: number | undefined, interval: MetricRow["interval"]): MetricRow => ({
    metric: "ece",
    champion: 0.02,
    challenger: 0.05,
    improvement,
    interval,
    pSuperior: null,
    standardError: null,
    method: "paired-bootstrap",
  });

  it.each<[why: string, row: MetricRow, told: boolean]>([
    ["clearly worse", ece(-0.03, [-0.05, -0.01]), true],
    ["worse, by chance perhaps", ece(-0.03, [-0.07, 0.01]), false],
    ["surely worse, a little", ece(-0.02, [-0.03, -0.01]), false],
    ["better", ece(0.03, [0.01, 0.05]), false],
    ["not measured", ece(undefined, null), false],
  ])("%s", (_why, row, told) => {
    expect(checkCalibration(row, "left").map(({ code }) => code)).toEqual(told ? ["calibration-worse"] : []);
  });
});

describe("checkDummy", () => {
  const against = (improvement: number | undefined, pSuperior: number | null): DummyRow => ({
    metric: "rocAuc",
    dummy: 0.5,
    challenger: improvement && 0.5 + improvement,
    improvement,
    pSuperior,
    interval: null,
    standardError: null,
    method: "delong",
  });

  it.each<[why: string, row: DummyRow, rows: number, told: boolean]>([
    ["shown to be better", against(0.2, 0.05), 500, false],
    ["better, not shown", against(0.2, 0.06), 500, true],
    ["better, not shown, on few rows", against(0.2, 0.06), 199, false],
    ["worse, on few rows", against(-0.01, 0.6), 199, true],
    ["better, and no test is possible", against(0.2, null), 500, true],
    ["not defined: the gates say that", against(undefined, null), 500, false],
  ])("%s", (_why, row, rows, told) => {
    expect(checkDummy(row, "left", rows, 200).map(({ code }) => code)).toEqual(told ? ["no-better-than-dummy"] : []);
  });
});

describe("checkGap", () => {
  it.each([
    ["rocAuc", 0.95, 0.8, true],
    ["rocAuc", 0.85, 0.8, false],
    ["brier", 0.02, 0.2, true],
    ["brier", 0.2, 0.02, false],
    ["rmse", 1, 100, false],
    ["rocAuc", undefined, 0.8, false],
  ] as const)("%s %f in training and %f on the holdout", (metric, training, holdout, told) => {
    expect(checkGap(metric, training, holdout, "left").length).toBe(Number(told));
  });
});
