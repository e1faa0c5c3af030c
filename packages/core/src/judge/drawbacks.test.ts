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
  const against = (
    improvement: number | undefined,
    pSuperior: number | null,
    standardError: number | null = null,
    { metric = "rocAuc", dummy = 0.5 }: { metric?: "rocAuc" | "rmse"; dummy?: number } = {},
  ): DummyRow => ({
    metric,
    dummy,
    challenger: improvement && dummy + (metric === "rmse" ? -improvement : improvement),
    improvement,
    pSuperior,
    interval: null,
    standardError,
    method: "delong",
  });

  const [none, worse, open] = [[], ["no-better-than-dummy"], ["dummy-undecided"]];

  it.each<[why: string, row: DummyRow, rows: number, told: readonly string[]]>([
    ["shown to be better", against(0.2, 0.05), 500, none],
    ["better, not shown", against(0.2, 0.06), 500, worse],
    ["better, not shown, on few rows", against(0.2, 0.06), 199, none],
    ["worse, on few rows", against(-0.01, 0.6), 199, worse],
    ["better, and no test is possible", against(0.2, null), 500, worse],
    [
      "better, not shown, where a large one would not show either (birthwt without bwt)",
      against(0.136, 0.056, 0.085),
      42,
      open,
    ],
    ["better, not shown, where a large one would", against(0.03, 0.06, 0.02), 500, worse],
    ["better by nothing, where a large one would", against(0.0001, 0.5, 0.005), 5000, worse],
    ["no better, whatever would show", against(0, 0.5, 0.085), 42, worse],
    ["worse, whatever would show", against(-0.1, 0.9, 0.085), 42, worse],
    ["an error, which is measured by the dummy's own", against(50, 0.1, 40, { metric: "rmse", dummy: 400 }), 42, open],
    ["an error that would show", against(50, 0.1, 30, { metric: "rmse", dummy: 400 }), 42, worse],
    ["not defined: the gates say that", against(undefined, null), 500, none],
  ])("%s", (_why, row, rows, told) => {
    // `minRows` as `init` writes it for few rows; 199 are below the usual 200.
    expect(checkDummy(row, "left", rows, rows === 42 ? 20 : 200).map(({ code }) => code)).toEqual(told);
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
