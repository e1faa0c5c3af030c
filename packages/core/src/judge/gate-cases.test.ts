import { describe, expect, it } from "vitest";
import { rowOf } from "../ledger/ledger-row.fixture.ts";
import { lookNumber } from "../ledger/look-number.ts";
import type { Gate, MetricName } from "../spec/model-spec.ts";
import { comparePaired, type PairedComparison } from "../statistics/compare-paired.ts";
import { harmonicAlpha } from "../statistics/multiplicity/harmonic-alpha.ts";
import { firstModel, refresh, row, slice } from "./comparison.fixture.ts";
import type { Comparison } from "./comparison.ts";
import { judge } from "./judge.ts";
import { metricRow } from "./metric-row.ts";
import { testNonInferiority, testSuperiority } from "./run-tests.ts";

/** One value per row, the same in every run. */
const wave = (rows: number, pitch: number) => Float64Array.from({ length: rows }, (_, i) => Math.sin(pitch * (i + 1)));
const rows = 300;
const target = wave(rows, 1.7).map((value, i) => value + 0.3 * Math.sin(7.3 * i));

function compare(metric: MetricName, champion: Float64Array, challenger: Float64Array): PairedComparison {
  return comparePaired({ metric, task: "regression", classes: 0, target, champion, challenger, seed: 1 });
}

function judged(paired: PairedComparison, gates: readonly Gate[], kind: "refresh" | "change" = "refresh") {
  const { metric } = paired;
  const tests = [kind === "refresh" ? testNonInferiority("champion", paired, {}) : testSuperiority(paired, 0.05)];
  return judge({ ...refresh, kind, primary: metric, metrics: [metricRow(paired)], tests, slices: [] }, gates);
}

/** Each case is one that a tool of the field has got wrong. */
describe("gates at the edges", () => {
  const good = target.map((value) => value + 0.05);
  const poor = wave(rows, 0.9).map((value) => 3 * value);
  const worse = poor.map((value) => 1.3 * value);
  const broken = good.with(7, Number.NaN);

  it("a challenger with a NaN never passes", () => {
    const verdict = judged(compare("rmse", good, broken), [{ metric: "rmse", maxRegression: 1000 }]);

    expect(verdict).toMatchObject({ kind: "block", because: [{ kind: "undefined-metric", metric: "rmse" }] });
  });

  it("a gated metric that was not measured blocks", () => {
    expect(judge(refresh, [{ metric: "brier", maxRegression: 1 }])).toMatchObject({ kind: "block" });
  });

  it.each<[why: string, challenger: number, kind: string]>([
    ["equal", 0, "promote"],
    ["within the limit", 0.01, "promote"],
    ["beyond it", 0.03, "hold"],
  ])("a champion of 0 divides nothing: %s", (_why, challenger, kind) => {
    const metrics = [row("mae", 0, challenger, -challenger)];
    const comparison: Comparison = { ...refresh, primary: "mae", metrics, tests: [] };

    expect(judge(comparison, [{ metric: "mae", maxRegression: 0.02 }]).kind).toBe(kind);
  });

  it("two negative R²: the worse one fails, the better one passes", () => {
    const gates: Gate[] = [{ metric: "r2", minImprovement: 0 }];
    expect(compare("r2", poor, worse).champion).toBeLessThan(0);

    expect(judged(compare("r2", poor, worse), gates).kind).toBe("hold");
    expect(judged(compare("r2", worse, poor), gates).kind).toBe("promote");
  });

  it.each<MetricName>(["mae", "rmse", "mape"])("of %s less is better", (metric) => {
    const gates: Gate[] = [{ metric, maxRegression: 0 }];

    expect(judged(compare(metric, poor, good), gates).kind).toBe("promote");
    expect(judged(compare(metric, good, poor), gates).kind).toBe("hold");
  });

  it("a first model is judged by absolute gates only", () => {
    const gates: Gate[] = [
      { metric: "rocAuc", min: 0.7 },
      { metric: "rocAuc", maxRegression: 0 },
      { metric: "rocAuc", minImprovement: 5 },
    ];

    expect(judge(firstModel, gates)).toMatchObject({
      kind: "promote",
      gates: [{ result: "passed" }, { result: "skipped" }, { result: "skipped" }],
    });
    expect(judge(firstModel, [{ metric: "rocAuc", min: 0.73 }]).kind).toBe("hold");
  });

  it("the same model twice is not better, and not worse either", () => {
    const same = compare("rmse", good, good.slice());
    expect(same).toMatchObject({ improvement: 0, reason: "no-information" });

    expect(judged(same, [{ metric: "rmse", maxRegression: 0 }], "change").kind).toBe("inconclusive");
    expect(judged(same, [{ metric: "rmse", maxRegression: 0 }], "refresh").kind).toBe("promote");
  });

  it("a holdout of one class has no AUC, so nothing is promoted", () => {
    const ones = new Float64Array(50).fill(1);
    const scores = wave(50, 1).map((value) => 0.5 + value / 3);
    const paired = comparePaired({
      metric: "rocAuc",
      task: "binary",
      classes: 2,
      target: ones,
      seed: 1,
      champion: scores,
      challenger: scores.toReversed(),
    });

    expect(judged(paired, [{ metric: "rocAuc", min: 0 }])).toMatchObject({
      kind: "block",
      because: [{ kind: "undefined-metric", metric: "rocAuc" }],
    });
  });

  it("refuses to compare models on different rows", () => {
    expect(() => compare("rmse", good, good.slice(1))).toThrow(RangeError);
    expect(() => compare("rmse", good.slice(1), good)).toThrow(RangeError);
  });

  it("a declared slice without a row blocks", () => {
    const gates: Gate[] = [{ metric: "rocAuc", min: 0.7, slice: "size" }];

    expect(judge({ ...refresh, missingSlices: ["size"] }, gates)).toMatchObject({
      kind: "block",
      because: [{ kind: "missing-slice", column: "size" }],
    });
  });

  it("spends little after thirty looks: alpha 3.38e-5", () => {
    const window = { from: "2026-01-01", to: "2026-02-01", rows: 100 };
    const looks = Array.from({ length: 29 }, (_, i) => rowOf("look", { inputDigest: String(i), look: i + 1, window }));
    const instants = { from: Date.parse(window.from), to: Date.parse(window.to), rows: 100 };
    const look = lookNumber(looks, { inputDigest: "tonight", parent: null, window: instants });

    expect(look).toBe(30);
    expect(harmonicAlpha(0.05, look)).toBeCloseTo(3.3774e-5, 9);
  });
});

describe("a significant gate on slices", () => {
  const gate: Gate = { metric: "logLoss", maxRegression: 0.05, slice: "*", significant: true };

  it.each<[why: string, pHolm: number | null, kind: string]>([
    ["chance does not explain it", 0.04, "hold"],
    ["chance may explain it", 0.06, "promote"],
    ["nothing could be tested, so the estimate decides", null, "hold"],
  ])("%s", (_why, pHolm, kind) => {
    const verdict = judge({ ...refresh, slices: [slice(true, { pHolm })] }, [gate]);

    expect(verdict.kind).toBe(kind);
    expect(verdict.gates[0]!.p).toBe(pHolm);
  });

  it("does not fail what is within the limit, however sure", () => {
    const slices = [slice(true, { pHolm: 0.001, metrics: [row("logLoss", 0.5, 0.54, -0.04)] })];

    expect(judge({ ...refresh, slices }, [gate]).kind).toBe("promote");
  });
});

describe("a critical gate on slices", () => {
  const gate: Gate = { metric: "logLoss", maxRegression: 0.05, slice: "size", critical: true };
  const changed = (improvement: number, pRegression: number | null) =>
    slice(true, { pRegression, pHolm: 1, metrics: [row("logLoss", 0.5, 0.5 - improvement, improvement)] });

  it.each<[why: string, improvement: number, p: number | null, kind: string]>([
    ["beyond the limit, though chance may explain it", -0.06, 0.3, "hold"],
    ["within the limit, but chance does not explain it", -0.01, 0.04, "hold"],
    ["within the limit, as chance may have it", -0.01, 0.06, "promote"],
    ["within the limit, and nothing could be tested", -0.01, null, "promote"],
    ["better", 0.01, 0.9, "promote"],
  ])("%s", (_why, improvement, p, kind) => {
    const verdict = judge({ ...refresh, slices: [changed(improvement, p)] }, [gate]);

    expect(verdict.kind).toBe(kind);
    expect(verdict.gates[0]!.p).toBe(p); // its own: Holm's is 1
  });

  it("asks a person when no value of it has enough rows", () => {
    const comparison: Comparison = { ...refresh, slices: [slice(false), slice(true, { column: "other" })] };

    expect(judge(comparison, [gate])).toMatchObject({
      kind: "inconclusive",
      gates: [{ result: "insufficient" }],
      because: [{ kind: "small-slices", column: "size" }],
    });
    expect(judge(comparison, [{ ...gate, critical: false }])).toMatchObject({
      kind: "promote",
      gates: [{ result: "insufficient" }],
    });
    expect(judge({ ...comparison, kind: "first-model" }, [gate])).toMatchObject({
      kind: "promote",
      gates: [{ result: "skipped" }],
    });
  });

  it("finds a pair by the name of both", () => {
    const slices = [slice(true, { column: "size × phase", value: "Large × Climb" })];
    const pair: Gate = { ...gate, slice: ["size", "phase"] };

    expect(judge({ ...refresh, slices }, [pair])).toMatchObject({ kind: "hold", gates: [{ result: "failed" }] });
    expect(judge({ ...refresh, slices }, [gate])).toMatchObject({ gates: [{ result: "insufficient" }] });
  });
});
