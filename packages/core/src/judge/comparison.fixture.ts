import type { Comparison, DummyRow, MetricRow, SliceRow, TestResult } from "./comparison.ts";

export const row = (
  metric: MetricRow["metric"],
  champion: number | undefined,
  challenger: number | undefined,
  improvement?: number,
): MetricRow => ({
  metric,
  champion,
  challenger,
  improvement,
  interval: null,
  pSuperior: null,
  standardError: null,
  method: "none",
});

const dummy: DummyRow = {
  metric: "rocAuc",
  dummy: 0.5,
  challenger: 0.72,
  improvement: 0.22,
  interval: [0.18, 0.26],
  pSuperior: 1e-9,
  standardError: 0.025,
  method: "delong",
};

export const passing: TestResult = {
  against: "champion",
  kind: "non-inferiority",
  improvement: 0.02,
  standardError: 0.01,
  method: "delong",
  margin: 0.01,
  p: 0.01,
  alpha: 0.05,
  detectable: 0.02,
  passed: true,
};

/** A refresh that any sensible gate lets through. */
export const refresh: Comparison = {
  kind: "refresh",
  procedures: false,
  holdout: {
    kind: "temporal",
    from: null,
    to: null,
    fraction: null,
    rows: 500,
    digest: "0".repeat(64),
    trainedUntil: null,
  },
  minRows: 200,
  classRows: [400, 100],
  learnerChange: [],
  anchor: null,
  primary: "rocAuc",
  metrics: [row("rocAuc", 0.7, 0.72, 0.02), row("logLoss", 0.5, 0.52, -0.02)],
  bootstrap: { seed: 7, replicates: 2000, groups: null },
  dummy,
  calibration: null,
  withoutDuplicates: null,
  slices: [],
  missingSlices: [],
  tests: [passing],
  fairness: [],
  cost: { latency: null, size: null },
  findings: [],
};

export const firstModel: Comparison = {
  ...refresh,
  kind: "first-model",
  metrics: [row("rocAuc", undefined, 0.72)],
  tests: [],
};

export const slice = (sufficient: boolean, change: Partial<SliceRow> = {}): SliceRow => ({
  column: "size",
  value: "Large",
  rows: 120,
  sufficient,
  pRegression: null,
  pHolm: null,
  metrics: [row("logLoss", 0.5, 0.6, -0.1)],
  ...change,
});
