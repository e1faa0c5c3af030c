import { describe, expect, it } from "vitest";
import { refresh } from "./comparison.fixture.ts";
import type { CostFacts } from "./cost.ts";
import type { Guards } from "./guards.ts";
import { judge } from "./judge.ts";
import type { GroupContrast } from "./measure-fairness.ts";

const rule = { group: "region", minSelectionRatio: 0.8, maxOpportunityGapGrowth: 0.02 };
const alike: GroupContrast = { champion: 1, challenger: 1, interval: [0.9, 1], pWorse: 0.5 };
const noGap: GroupContrast = { champion: 0, challenger: 0, interval: [0, 0.01], pWorse: 0.5 };

function verdictOf(guards: Partial<Guards>, facts: object) {
  return judge({ ...refresh, ...facts }, [{ metric: "rocAuc", min: 0.7 }], { fairness: [], budget: {}, ...guards });
}
const fair = (selectionRatio: Partial<GroupContrast>, opportunityGap: Partial<GroupContrast> = {}) => ({
  fairness: [
    {
      column: "region",
      groups: [],
      selectionRatio: { ...alike, ...selectionRatio },
      opportunityGap: { ...noGap, ...opportunityGap },
    },
  ],
});
const none = { champion: undefined, challenger: undefined, interval: null, pWorse: null };

describe("fairness", () => {
  it.each<[why: string, facts: object, kind: string]>([
    ["alike", fair({}), "promote"],
    ["below four fifths and worse than the champion", fair({ challenger: 0.7, pWorse: 0.01 }), "hold"],
    ["below four fifths, as the champion is", fair({ champion: 0.71, challenger: 0.7, pWorse: 0.4 }), "promote"],
    ["worse than the champion, above four fifths", fair({ challenger: 0.85, pWorse: 0.001 }), "promote"],
    ["a first model, wholly below", fair({ champion: undefined, challenger: 0.6, interval: [0.5, 0.79] }), "hold"],
    ["a first model, perhaps", fair({ champion: undefined, challenger: 0.7, interval: [0.5, 0.9] }), "promote"],
    ["the gap grew, surely", fair({}, { champion: 0.05, challenger: 0.08, pWorse: 0.01 }), "hold"],
    ["the gap grew, by chance perhaps", fair({}, { champion: 0.05, challenger: 0.08, pWorse: 0.2 }), "promote"],
    ["the gap grew a little", fair({}, { champion: 0.05, challenger: 0.065, pWorse: 0.001 }), "promote"],
    ["the gap shrank", fair({}, { champion: 0.3, challenger: 0.1, pWorse: 1 }), "promote"],
    ["groups too small: a person decides", fair(none, none), "inconclusive"],
  ])("%s", (_why, facts, kind) => {
    expect(verdictOf({ fairness: [rule] }, facts).kind).toBe(kind);
  });

  it("says once that groups are too small", () => {
    expect(verdictOf({ fairness: [rule] }, fair(none, none)).because).toEqual([
      { kind: "small-groups", column: "region" },
    ]);
  });
});

describe("budget", () => {
  const cost = (low: number, ratio: number): { cost: CostFacts } => ({
    cost: {
      latency: {
        challengerMs: ratio,
        challengerP95Ms: 1.5 * ratio,
        batches: 50,
        batchRows: 100,
        champion: { ms: 1, ratio, interval: [low, ratio + 0.1] },
      },
      size: { champion: 100, challenger: 100 * ratio },
    },
  });
  const unmeasured = { cost: { latency: null, size: null } };

  it.each<[why: string, budget: Guards["budget"], facts: object, kind: string, result: string | undefined]>([
    ["nothing is asked", {}, cost(9, 9), "promote", undefined],
    ["as fast", { maxLatencyRatio: 1.25 }, cost(0.9, 1), "promote", "passed"],
    ["slower, by chance perhaps", { maxLatencyRatio: 1.25 }, cost(1.2, 1.4), "promote", "passed"],
    ["slower, surely", { maxLatencyRatio: 1.25 }, cost(1.26, 1.4), "hold", "failed"],
    ["a clock that stands still", { maxLatencyRatio: 1.25 }, cost(Number.NaN, Number.NaN), "hold", "failed"],
    ["every batch in time", { maxP95MsPer1000Rows: 15 }, cost(1, 1), "promote", "passed"],
    ["one batch in twenty too late", { maxP95MsPer1000Rows: 14.9 }, cost(1, 1), "hold", "failed"],
    ["a time that is not a number", { maxP95MsPer1000Rows: 15 }, cost(1, Number.NaN), "hold", "failed"],
    ["a time that nobody took", { maxP95MsPer1000Rows: 15 }, unmeasured, "hold", "failed"],
    ["as large as allowed", { maxSizeRatio: 1.5 }, cost(1, 1.5), "promote", "passed"],
    ["larger", { maxSizeRatio: 1.5 }, cost(1, 1.6), "hold", "failed"],
    ["no champion", { maxSizeRatio: 1, maxLatencyRatio: 1 }, unmeasured, "promote", "skipped"],
  ])("%s", (_why, budget, facts, kind, result) => {
    const verdict = verdictOf({ budget }, facts);

    expect(verdict.kind).toBe(kind);
    expect(verdict.guards[0]?.result).toBe(result);
  });
});
