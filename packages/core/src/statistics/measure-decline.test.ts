import { describe, expect, it } from "vitest";

import { measureDecline, type ScoredRows } from "./measure-decline.ts";
import { randomBits } from "./resampling/random-bits.ts";

/** Answers that the predictions get right as often as `skill` says. */
function scored(rows: number, seed: number, skill: number): ScoredRows {
  const next = randomBits(seed, 5);
  const uniform = () => (next() + 0.5) / 4_294_967_296;
  const target = Float64Array.from({ length: rows }, () => Number(uniform() < 0.5));
  return { target, predictions: target.map((label) => 0.5 + skill * (label - 0.5) + 0.5 * (uniform() - 0.5)) };
}

const request = { task: "binary", classes: 2, seed: 7, replicates: 200 } as const;

describe("measureDecline", () => {
  it.each(["rocAuc", "logLoss"] as const)("is sure of a large decline of %s, whichever way it points", (metric) => {
    const decline = measureDecline({ ...request, metric, before: scored(400, 1, 0.4), now: scored(300, 2, -0.2) });

    expect(decline).toMatchObject({ metric, rows: 300 });
    expect(decline!.upper).toBeLessThan(-0.1);
  });

  it("is rarely sure of one where there is none", () => {
    let sure = 0;
    for (let run = 0; run < 60; run++) {
      const [before, now] = [scored(300, 2 * run, 0.3), scored(200, 2 * run + 1, 0.3)];
      if (measureDecline({ ...request, metric: "rocAuc", before, now })!.upper < 0) sure++;
    }

    expect(sure / 60).toBeLessThanOrEqual(0.1);
  });

  it("is as sure when only the value of the rows before is left", () => {
    const [before, now] = [scored(400, 1, 0.4), scored(300, 2, 0.3)];
    const both = measureDecline({ ...request, metric: "logLoss", before, now })!;

    const left = measureDecline({ ...request, metric: "logLoss", before: { value: both.before, rows: 400 }, now })!;

    expect(left).toMatchObject({ before: both.before, now: both.now, rows: 300 });
    const width = (decline: typeof both) => decline.upper - (decline.before - decline.now);
    expect(width(left) / width(both)).toBeGreaterThan(0.8);
    expect(width(left) / width(both)).toBeLessThan(1.4);
  });

  it("says nothing where the metric is not defined", () => {
    const one = { target: Float64Array.of(1, 1), predictions: Float64Array.of(0.4, 0.6) };

    expect(measureDecline({ ...request, metric: "rocAuc", before: scored(50, 1, 0.3), now: one })).toBeNull();
  });
});
