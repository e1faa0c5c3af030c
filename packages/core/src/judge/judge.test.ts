import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verdictReasonSentence } from "../report/sentences.ts";
import { terminalText } from "../report/terminal-text.ts";
import type { Gate } from "../spec/model-spec.ts";
import { firstModel as first, passing, refresh, row, slice } from "./comparison.fixture.ts";
import type { Comparison } from "./comparison.ts";
import { judge } from "./judge.ts";

const least: Gate[] = [{ metric: "rocAuc", min: 0.7 }];
const finding = { code: "overlap", severity: "error", file: null, column: null, message: "12 rows", hint: "" } as const;

const worse = row("rocAuc", 0.74, 0.72, -0.02);

describe("judge", () => {
  it.each<[why: string, comparison: Partial<Comparison>, gates: Gate[], kind: string, because: string[]]>([
    ["all passed", {}, least, "promote", []],
    ["exactly at the bar", {}, [{ metric: "rocAuc", min: 0.72 }], "promote", []],
    ["below the bar", {}, [{ metric: "rocAuc", min: 0.721 }], "hold", ["gate-failed"]],
    ["above a ceiling", {}, [{ metric: "logLoss", max: 0.5 }], "hold", ["gate-failed"]],
    ["regression within the limit", {}, [{ metric: "logLoss", maxRegression: 0.02 }], "promote", []],
    ["regression beyond it", {}, [{ metric: "logLoss", maxRegression: 0.019 }], "hold", ["gate-failed"]],
    ["improvement reached", {}, [{ metric: "rocAuc", minImprovement: 0.02 }], "promote", []],
    ["improvement missed", {}, [{ metric: "rocAuc", minImprovement: 0.03 }], "hold", ["gate-failed"]],
    ["no gate at all", {}, [], "block", ["no-gate"]],
    [
      "NaN cannot be promoted on",
      { metrics: [row("rocAuc", 0.7, Number.NaN, Number.NaN)] },
      least,
      "block",
      ["undefined-metric"],
    ],
    [
      "a gated metric is missing",
      { metrics: [row("rocAuc", 0.7, 0.72, 0.02)] },
      [{ metric: "brier", max: 1 }],
      "block",
      ["undefined-metric"],
    ],
    [
      "the primary metric is missing",
      { metrics: [row("logLoss", 0.5, 0.4, 0.1)] },
      [{ metric: "logLoss", max: 1 }],
      "block",
      ["undefined-metric"],
    ],
    ["overlap", { findings: [finding] }, least, "block", ["finding"]],
    ["a warning does not block", { findings: [{ ...finding, severity: "warning" }] }, least, "promote", []],
    [
      "a first model on too few rows to be better than none",
      { ...first, findings: [{ ...finding, code: "dummy-undecided", severity: "warning" }] },
      [{ metric: "rocAuc", min: 0.5 }],
      "inconclusive",
      ["dummy-undecided"],
    ],
    [
      "the same, and it is better than the champion",
      { findings: [{ ...finding, code: "dummy-undecided", severity: "warning" }] },
      least,
      "promote",
      [],
    ],
    ["a declared slice is missing", { missingSlices: ["size"] }, least, "block", ["missing-slice"]],
    [
      "a slice fails",
      { slices: [slice(true)] },
      [{ metric: "logLoss", maxRegression: 0.05, slice: "*" }],
      "hold",
      ["gate-failed"],
    ],
    [
      "a small slice is not judged",
      { slices: [slice(false)] },
      [{ metric: "logLoss", maxRegression: 0.05, slice: "*" }],
      "promote",
      [],
    ],
    [
      "a slice by name",
      { slices: [slice(true)] },
      [{ metric: "logLoss", maxRegression: 0.05, slice: "other" }],
      "promote",
      [],
    ],
    ["a test failed", { tests: [{ ...passing, passed: false }] }, least, "inconclusive", ["test-failed"]],
    ["few rows", { minRows: 501 }, least, "inconclusive", ["few-rows"]],
    ["worse beyond chance", { metrics: [{ ...worse, interval: [-0.03, -0.001] }] }, least, "hold", ["worse"]],
    ["worse, as chance has it", { metrics: [{ ...worse, interval: [-0.03, 0] }] }, least, "promote", []],
    ["a refresh that nothing newer judges", { procedures: true }, least, "inconclusive", ["nothing-newer"]],
    ["procedures of other settings", { kind: "change", procedures: true }, least, "promote", []],
    [
      "a failed gate outranks weak evidence",
      { minRows: 501 },
      [{ metric: "rocAuc", min: 0.9 }],
      "hold",
      ["gate-failed"],
    ],
  ])("%s", (_why, comparison, gates, kind, because) => {
    const verdict = judge({ ...refresh, ...comparison }, gates);

    expect(verdict.kind).toBe(kind);
    expect(verdict.because.map((reason) => reason.kind)).toEqual(because);
  });

  it("tells when the holdout is too small for the margin", () => {
    const failed = { ...passing, passed: false, margin: 0.01 };
    const reasons = (detectable: number) => judge({ ...refresh, tests: [{ ...failed, detectable }] }, least).because;

    expect(reasons(0.02)).toEqual([expect.objectContaining({ kind: "test-failed", detectable: 0.02 })]);
    expect(reasons(0.01)).toEqual([expect.not.objectContaining({ detectable: 0.01 })]);
    expect(terminalText(verdictReasonSentence(reasons(0.02)[0]!))).toMatch(
      /too small to: it can show only differences of at least 0\.0200$/,
    );
  });

  it("skips what needs a champion for a first model, and still holds it to the bar", () => {
    const gates: Gate[] = [...least, { metric: "rocAuc", maxRegression: 0 }];

    expect(judge(first, gates)).toMatchObject({
      kind: "promote",
      gates: [{ result: "passed" }, { result: "skipped" }],
    });
    expect(judge(first, [{ metric: "rocAuc", min: 0.8 }]).kind).toBe("hold");
  });

  it("passes identical models at a regression limit of 0", () => {
    const same = { ...refresh, metrics: [row("rocAuc", 0.1 + 0.2, 0.3, 0.3 - (0.1 + 0.2))] };

    expect(judge(same, [{ metric: "rocAuc", maxRegression: 0 }]).kind).toBe("promote");
  });

  it("never promotes below the bar, whatever the numbers are", () => {
    fc.assert(
      fc.property(fc.double(), fc.double({ noNaN: true }), (value, min) => {
        const verdict = judge({ ...refresh, metrics: [row("rocAuc", 0.5, value, 0.1)] }, [{ metric: "rocAuc", min }]);

        if (verdict.kind === "promote") expect(value).toBeGreaterThanOrEqual(min - 1e-12);
      }),
    );
  });
});
