import { describe, expect, it } from "vitest";
import { metrics } from "../metrics/metrics.ts";
import { bestTrial, coarseNights, coarseTrials, fineTrials, trialName, type SearchSpace } from "./search-trials.ts";
import type { LineSummary } from "./summarise-line.ts";

const space: SearchSpace = { historyDays: 400, rows: 8000, everyDays: 7, nights: 46, holdoutDays: 14 };
const named = (trials: ReturnType<typeof coarseTrials>) => trials.map(trialName);

describe("coarseTrials", () => {
  it("are windows and holdouts, each by itself, with a retrain on each of twelve nights at most", () => {
    expect(coarseNights(space)).toBe(4);
    expect(named(coarseTrials(space))).toEqual([
      "maxAgeDays 28",
      "maxAgeDays 28, all rows",
      "maxAgeDays 28, training 100 days",
      "maxAgeDays 28, training 25 days",
      "maxAgeDays 28, holdout 7 days",
      "maxAgeDays 28, holdout 28 days",
    ]);
  });

  it("leave out windows of too few rows, and holdouts that are a share", () => {
    expect(named(coarseTrials({ ...space, rows: 900, holdoutDays: null, nights: 8 }))).toEqual([
      "maxAgeDays 7",
      "maxAgeDays 7, all rows",
      "maxAgeDays 7, training 100 days",
    ]);
  });
});

describe("bestTrial", () => {
  const trials = coarseTrials(space);
  const summaries = (values: readonly (number | null)[]): LineSummary[] =>
    values.map((value, i) => ({
      id: String(i),
      kind: "policy",
      name: "",
      everyDays: null,
      metrics: value === null ? {} : { rocAuc: value, logLoss: value },
      retrains: 0,
      promotions: 0,
      refusals: 0,
      refusedFor: [],
      dataBlocks: 0,
      failures: 0,
    }));

  it.each<[why: string, values: readonly (number | null)[], best: string | null]>([
    ["each by itself", [0.7, 0.6, 0.8, 0.75, 0.72, 0.71], "training 100 days, holdout 7 days"],
    ["today's, where nothing is better", [0.7, 0.7, 0.7, 0.6, 0.7, 0.6], "model.yaml"],
    ["of those that were measured", [null, 0.6, null, 0.5, null, null], "all rows"],
    ["nothing where nothing was measured", [null, null, null, null, null, null], null],
  ])("is %s", (_why, values, best) => {
    const found = bestTrial(trials, summaries(values), metrics.rocAuc);

    expect(found && trialName(found)).toBe(best);
  });

  it("has the lowest number where lower is better", () => {
    expect(bestTrial(trials, summaries([0.7, 0.6, 0.8, 0.9, 0.9, 0.9]), metrics.logLoss)).toEqual({
      trainingDays: null,
    });
  });
});

describe("fineTrials", () => {
  it("are rhythms with the best window, and a step to both sides of each at the rhythm in the middle", () => {
    expect(named(fineTrials(space, { trainingDays: 100, holdoutDays: 7 }))).toEqual([
      "training 100 days, holdout 7 days",
      "maxAgeDays 7, training 100 days, holdout 7 days",
      "maxAgeDays 14, training 100 days, holdout 7 days",
      "maxAgeDays 28, training 100 days, holdout 7 days",
      "maxAgeDays 56, training 100 days, holdout 7 days",
      "maxAgeDays 14",
      "maxAgeDays 56, minNewRows 280, training 100 days, holdout 7 days",
      "maxAgeDays 14, training 50 days, holdout 7 days",
      "maxAgeDays 14, training 200 days, holdout 7 days",
      "maxAgeDays 14, training 100 days, holdout 5 days",
      "maxAgeDays 14, training 100 days, holdout 10 days",
    ]);
  });

  it("have no rhythm that is too slow for the nights", () => {
    expect(named(fineTrials({ ...space, nights: 6, holdoutDays: null }, {}))).toEqual([
      "model.yaml",
      "maxAgeDays 7",
      "maxAgeDays 7, minNewRows 140",
    ]);
  });
});
