import { describe, expect, it } from "vitest";
import type { Gate } from "../spec/model-spec.ts";
import { weakenedPolicy } from "./weakened-policy.ts";

type Policy = Parameters<typeof weakenedPolicy>[0];

const policy = (gates: readonly Gate[], change: Partial<Policy> = {}): Policy => ({
  data: "churn",
  target: "left",
  gates: [...gates],
  fairness: [],
  budget: {},
  merge: "review",
  reviewers: [],
  maxModelMiB: 50,
  holdout: { days: 30, minRows: 200 },
  metrics: { primary: "rocAuc", also: ["logLoss"] },
  slices: [],
  retrain: { minNewRows: 100, drift: true, driftClassifier: false, cooldownHours: 24, maxPerDay: 2, maxPerWeek: 8 },
  ...change,
});

const min = { metric: "rocAuc", min: 0.7 } as const;

describe("weakenedPolicy", () => {
  const canary: NonNullable<Policy["canary"]> = {
    steps: [5, 25],
    minLabels: 200,
    maxDays: 28,
    margin: 0.01,
    outcome: "independent",
    merge: "review",
  };

  it.each<[why: string, after: Policy["canary"], clauses: (string | RegExp)[]]>([
    ["as it was", canary, []],
    ["gone", undefined, ["`canary` is gone, so a merge makes a new version the champion at once"]],
    ["stricter", { ...canary, minLabels: 300, margin: 0.005 }, []],
    [
      "looser in all of it",
      { steps: [50], minLabels: 1, maxDays: 99, margin: 0.5, outcome: "affected", merge: "auto" },
      [
        "`canary.minLabels` falls from 200 to 1",
        "`canary.margin` grows to 0.5",
        "`canary.maxDays` grows to 99",
        "`canary.steps` changes from 5, 25 to 50",
        "`canary.outcome` changes from independent to affected",
        "`canary.merge` becomes `auto`",
      ],
    ],
  ])("a canary: %s", (_why, after, clauses) => {
    expect(weakenedPolicy(policy([min], { canary }), policy([min], { canary: after }))).toEqual(clauses);
    expect(weakenedPolicy(policy([min]), policy([min], { canary: after }))).toEqual([]);
  });

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

  it("names metrics of the model's own that measure something else, or nothing any more", () => {
    const own = (row: string, higherIsBetter = true) => ({ profit: { row, higherIsBetter } });
    const policyWith = (metrics: Partial<Policy["metrics"]>) =>
      policy([min], { metrics: { primary: "rocAuc", also: [], ...metrics } });
    const before = policyWith({ own: own("5") });

    expect(weakenedPolicy(before, before)).toEqual([]);
    expect(weakenedPolicy(policyWith({}), before)).toEqual([]);
    expect(weakenedPolicy(before, policyWith({ own: own("6", false) }))).toEqual([
      "the metric profit is changed: `metrics.own.profit.row`",
      "`metrics.own.profit.higherIsBetter` changes from true to false",
    ]);
    expect(weakenedPolicy(before, policyWith({}))).toEqual(["profit is gone from `metrics`"]);
  });

  it.each<[why: string, before: Partial<Policy>, after: Partial<Policy>, clauses: string[]]>([
    [
      "another question",
      { time: "day", group: "customer", key: ["a", "b"] },
      { data: "other", target: "stayed", key: "a" },
      [
        "`data` changes from churn to other",
        "`target` changes from left to stayed",
        "`time` changes from day to absent",
        "`group` changes from customer to absent",
        "`key` changes from a, b to a",
      ],
    ],
    [
      "fewer approvals",
      { approvals: { promotion: 3, from: ["ada", "lin"] } },
      { approvals: { promotion: 2, canarySteps: 1, from: ["ada", "bob"] } },
      [
        "`approvals.promotion` falls from 3 to 2",
        "`approvals.canarySteps` falls from 3 to 1",
        "`approvals.from` lets other people approve",
      ],
    ],
    [
      "approvals of anybody",
      { approvals: { promotion: 1, from: ["ada"] } },
      { approvals: { promotion: 1 } },
      ["`approvals.from` lets other people approve"],
    ],
    ["no approvals", { approvals: { promotion: 1 } }, {}, ["`approvals` is gone"]],
    ["more approvals", { approvals: { promotion: 1 } }, { approvals: { promotion: 2, from: ["ada", "lin"] } }, []],
    [
      "fewer unseen rows",
      { holdout: { days: 30, minRows: 200, blockDays: 7 } },
      { holdout: { days: 7, minRows: 200 } },
      ["`holdout.days` falls from 30 to 7", "`holdout.blockDays` is gone"],
    ],
    [
      "a smaller share than the default",
      { holdout: { minRows: 200 } },
      { holdout: { fraction: 0.05, minRows: 200 } },
      ["`holdout.fraction` falls from 0.2 to 0.05"],
    ],
    [
      "other metrics",
      { metrics: { primary: "rocAuc", also: ["logLoss"] }, slices: ["plan", ["plan", "region"]] },
      { metrics: { primary: "accuracy", also: ["rocAuc"], threshold: 0.1 }, slices: ["plan"] },
      [
        "`metrics.primary` changes from rocAuc to accuracy",
        "logLoss is gone from `metrics`",
        "`metrics.threshold` changes from 0.5 to 0.1",
        "plan × region is gone from `slices`",
      ],
    ],
    [
      "triggers that fire later or never",
      {},
      { retrain: { drift: false, driftClassifier: false, cooldownHours: 240, maxPerDay: 2, maxPerWeek: 8 } },
      ["`retrain.minNewRows` is gone", "`retrain.cooldownHours` grows to 240", "`retrain.drift` is turned off"],
    ],
    [
      "fewer people asked, and a larger model",
      { reviewers: ["ada", "acme/risk"] },
      { reviewers: ["acme/risk"], maxModelMiB: 500 },
      ["ada is gone from `reviewers`", "`maxModelMiB` grows to 500"],
    ],
  ])("names %s", (_why, before, after, clauses) => {
    expect(weakenedPolicy(policy([min], before), policy([min], after))).toEqual(clauses);
    expect(weakenedPolicy(policy([min], before), policy([min], before))).toEqual([]);
  });
});
