import { describe, expect, it } from "vitest";
import type { Gate } from "../spec/model-spec.ts";
import { weakenedPolicy } from "./weakened-policy.ts";

type Policy = Parameters<typeof weakenedPolicy>[0];

const policy = (gates: readonly Gate[], change: Partial<Policy> = {}): Policy => ({
  gates: [...gates],
  fairness: [],
  budget: {},
  merge: "review",
  holdout: { days: 30, minRows: 200 },
  ...change,
});

const min = { metric: "rocAuc", min: 0.7 } as const;

describe("weakenedPolicy", () => {
  it.each<[why: string, before: Gate[], after: Gate[], clauses: string[]]>([
    ["nothing changed", [min], [min], []],
    ["a higher bar", [min], [{ metric: "rocAuc", min: 0.8 }], []],
    ["a lower bar", [min], [{ metric: "rocAuc", min: 0.5 }], ["the gate `rocAuc min: 0.7` is loosened to 0.5"]],
    ["a gate gone", [min], [{ metric: "rocAuc", max: 1 }], ["the gate `rocAuc min: 0.7` is gone"]],
    ["one that asks more beside it", [min], [{ metric: "rocAuc", min: 0.1 }, min], []],
    [
      "a greater loss allowed",
      [{ metric: "logLoss", maxRegression: 0.01 }],
      [{ metric: "logLoss", maxRegression: 0.02 }],
      ["the gate `logLoss maxRegression: 0.01` is loosened to 0.02"],
    ],
    ["another slice is another gate", [{ ...min, slice: "*" }], [min], ["the gate `rocAuc min: 0.7` for * is gone"]],
    [
      "chance may now excuse it",
      [{ metric: "rocAuc", maxRegression: 0.01, slice: "*" }],
      [{ metric: "rocAuc", maxRegression: 0.01, slice: "*", significant: true }],
      ["the gate `rocAuc maxRegression: 0.01` for * is loosened to 0.01"],
    ],
    [
      "no longer critical",
      [{ metric: "rocAuc", maxRegression: 0.01, slice: ["size", "phase"], critical: true }],
      [{ metric: "rocAuc", maxRegression: 0.01, slice: ["size", "phase"] }],
      ["the gate `rocAuc maxRegression: 0.01` for size × phase is loosened to 0.01"],
    ],
    [
      "critical now",
      [{ metric: "rocAuc", maxRegression: 0.01, slice: "size" }],
      [{ metric: "rocAuc", maxRegression: 0.01, slice: "size", critical: true }],
      [],
    ],
  ])("%s", (_why, before, after, clauses) => {
    expect(weakenedPolicy(policy(before), policy(after))).toEqual(clauses);
  });

  it("names fairness and budget that are gone or loosened", () => {
    const rule = (group: string, minSelectionRatio: number, maxOpportunityGapGrowth: number) => ({
      group,
      minSelectionRatio,
      maxOpportunityGapGrowth,
    });
    const before = policy([min], {
      fairness: [rule("sex", 0.8, 0.02), rule("age", 0.8, 0.02)],
      budget: { maxLatencyRatio: 1.25, maxSizeRatio: 2 },
    });
    const after = policy([min], { fairness: [rule("sex", 0.7, 0.05)], budget: { maxLatencyRatio: 1.5 } });

    expect(weakenedPolicy(before, after)).toEqual([
      "`fairness.minSelectionRatio` for sex is loosened to 0.7",
      "`fairness.maxOpportunityGapGrowth` for sex is loosened to 0.05",
      "`fairness` for age is gone",
      "`budget.maxLatencyRatio` grows to 1.5",
      "`budget.maxSizeRatio` is gone",
    ]);
    expect(weakenedPolicy(policy([min]), before)).toEqual([]);
    expect(weakenedPolicy(before, before)).toEqual([]);
  });

  it("names what else asks for less", () => {
    const after = policy([min], {
      margin: 0.05,
      merge: "auto",
      holdout: { days: 30, minRows: 10 },
    });

    expect(weakenedPolicy(policy([min]), after)).toEqual([
      "`margin` grows to 0.05",
      "`merge` becomes `auto`",
      "`holdout.minRows` falls from 200 to 10",
    ]);
    expect(weakenedPolicy(after, policy([min]))).toEqual([]);
  });
});
