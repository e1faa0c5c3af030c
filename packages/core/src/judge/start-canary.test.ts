import { describe, expect, it } from "vitest";
import type { ModelSpec } from "../spec/model-spec.ts";
import { scaleOfErrors, startOfCanary } from "./start-canary.ts";

const canary: NonNullable<ModelSpec["canary"]> = {
  steps: [0, 10],
  minLabels: 50,
  maxDays: 7,
  margin: 0.02,
  outcome: "affected",
  merge: "auto",
};
const spec: Parameters<typeof startOfCanary>[0] = { canary, task: "binary", metrics: { primary: "rocAuc", also: [] } };

describe("how a canary starts", () => {
  it("copies the policy, from its first step on, and never who may merge a stop", () => {
    expect(startOfCanary(spec, { kind: "refresh" }, "live")).toEqual({
      percent: 0,
      steps: [0, 10],
      minLabels: 50,
      maxDays: 7,
      margin: 0.02,
      outcome: "affected",
      loss: "brier",
    });
  });

  it.each<[task: ModelSpec["task"], primary: string, loss: string, scale: number | undefined]>([
    ["binary", "logLoss", "brier", undefined],
    ["binary", "f1", "zeroOne", undefined],
    ["binary", "profit", "brier", undefined],
    ["multiclass", "accuracy", "zeroOne", undefined],
    ["multiclass", "logLoss", "brier", undefined],
    ["regression", "mae", "absolute", 12.5],
  ])("measures %s by %s with the loss %s", (task, primary, loss, scale) => {
    const start = startOfCanary(
      { canary, task, metrics: { primary, also: [] } },
      { kind: "change", errorScale: 12.5 },
      "live",
    );

    expect({ loss: start?.loss, scale: start?.scale }).toEqual({ loss, scale });
  });

  it.each<[why: string, ...of: Parameters<typeof startOfCanary>]>([
    ["without a policy", { task: "binary", metrics: spec.metrics }, { kind: "refresh" }, "live"],
    ["for a first model", spec, { kind: "first-model" }, "none"],
    ["where the champion answers another question", spec, { kind: "contract-change" }, "live"],
    ["where what is live is broken", spec, { kind: "refresh" }, "broken"],
  ])("there is none %s", (_why, ...of) => {
    expect(startOfCanary(...of)).toBeNull();
  });
});

describe("the scale of errors", () => {
  it("is the 99th percentile by nearest rank", () => {
    const labels = Float64Array.from({ length: 200 }, (_, i) => i + 1);

    expect(scaleOfErrors(labels, new Float64Array(200))).toBe(198);
    expect(scaleOfErrors(Float64Array.of(1, -5), Float64Array.of(0, 0))).toBe(5);
  });

  it.each([
    ["no row", []],
    ["no error", [0, 0, 0]],
    ["no number", [Number.NaN, Number.NaN]],
  ])("is 1 where there is %s", (_why, labels) => {
    expect(scaleOfErrors(Float64Array.from(labels), new Float64Array(labels.length))).toBe(1);
  });
});
