import { describe, expect, it } from "vitest";
import { diagnoseSettings } from "./diagnose-settings.ts";
import type { BranchFacts, ForgeFacts } from "./forge-facts.ts";

const base: BranchFacts = {
  pullRequest: true,
  codeOwnerReview: true,
  dismissesStale: true,
  refusesForce: true,
  checks: ["refit"],
  mergeQueue: false,
};
const good: ForgeFacts = {
  settingsUrl: "https://hub.example/octo/demo/settings",
  mayOpenPulls: true,
  autoMerge: true,
  base,
  obstructed: new Map(),
  disabled: new Map(),
  unseen: [],
};

function found(
  facts: Partial<Omit<ForgeFacts, "base">>,
  rules: Partial<BranchFacts> = {},
  merge: "review" | "auto" = "auto",
  answersQueue = false,
) {
  const about = {
    baseBranch: "main",
    models: [
      { model: "churn", merge },
      { model: "fraud", merge: "review" as const },
    ],
    answersQueue,
  };
  return diagnoseSettings({ ...good, ...facts, base: { ...base, ...rules } }, about);
}

describe("settings of the forge", () => {
  it("that are as they should be are no finding", () => {
    expect(found({})).toEqual([]);
  });

  it.each<[why: string, facts: Partial<ForgeFacts>, rules: Partial<BranchFacts>, told: string, fix: string]>([
    ["pull requests off", { mayOpenPulls: false }, {}, "error: GitHub Actions is not allowed", "settings/actions"],
    [
      "pull requests unknown",
      { mayOpenPulls: null },
      {},
      "warning: This token cannot read whether GitHub Actions may",
      "by hand",
    ],
    [
      "a workflow asleep",
      { disabled: new Map([[".github/workflows/r.yml", "disabled_inactivity"]]) },
      {},
      "error: .github/workflows/r.yml is turned off (disabled_inactivity)",
      "gh workflow enable r.yml",
    ],
    [
      "unreviewed pushes",
      {},
      { pullRequest: false },
      "warning: main accepts pushes without a pull request",
      "Require a pull request",
    ],
    [
      "owners not asked",
      {},
      { codeOwnerReview: false },
      "warning: main does not require a review by code owners",
      "Code Owners",
    ],
    ["approvals that last", {}, { dismissesStale: false }, "warning: An approval stays valid", "Dismiss stale"],
    ["forced pushes", {}, { refusesForce: false }, "warning: main accepts forced pushes", "Block force pushes"],
    [
      "another check required",
      {},
      { checks: ["tests"] },
      'The check "refit" is not required on main, so a version of churn, fraud that failed it can be merged. `merge: auto` of churn never merges without it.',
      'require the status check "refit"',
    ],
    [
      "the check of another model required",
      {},
      { checks: ["refit / churn"] },
      "a version of fraud that failed it can be merged.",
      'require the status check "refit"',
    ],
    [
      "a merge queue that nobody answers",
      {},
      { mergeQueue: true },
      'error: main has a merge queue that waits for the check "refit", and no workflow answers there',
      "`merge_group:`",
    ],
    [
      "auto-merge off",
      { autoMerge: false },
      {},
      "warning: churn: `merge: auto` never merges, because the repository",
      "Allow auto-merge",
    ],
    [
      "rules over the ledger",
      { obstructed: new Map([["refit-ledger", ["a pull request is required"]]]) },
      {},
      "warning: Rules (a pull request is required) apply to refit's own branch refit-ledger",
      "exclude `refit-ledger`",
    ],
    [
      "what was not seen",
      { unseen: ["the repository (metadata: read)"] },
      {},
      "warning: This token cannot read everything: the repository (metadata: read)",
      "by hand",
    ],
  ])("%s", (_why, facts, rules, told, fix) => {
    const [first, ...more] = found(facts, rules);

    expect(`${first!.severity}: ${first!.what}`).toContain(told);
    expect(first!.fix).toContain(fix);
    expect(more).toEqual([]);
  });

  it("that cannot be told are no finding each", () => {
    const unknown = {
      mergeQueue: null,
      pullRequest: null,
      codeOwnerReview: null,
      dismissesStale: null,
      refusesForce: null,
      checks: null,
    };

    expect(found({ autoMerge: null }, unknown)).toEqual([]);
  });

  it("of reviews are not missed where no pull request is required at all", () => {
    const loose = { pullRequest: false, codeOwnerReview: false, dismissesStale: false };

    expect(found({}, loose)).toHaveLength(1);
  });

  it("need no check of all models where each has its own, and no answer to a queue that waits for none", () => {
    expect(found({}, { checks: ["refit / churn", "refit / fraud"] })).toEqual([]);
    expect(found({}, { checks: ["refit"], mergeQueue: true }, "auto", true)).toEqual([]);
    expect(found({}, { checks: ["refit / gone"], mergeQueue: true })).toHaveLength(1);
  });

  it("of auto-merge matter only to models that use it", () => {
    expect(found({ autoMerge: false }, {}, "review")).toEqual([]);
  });
});
