import { describe, expect, it } from "vitest";
import type { Result } from "./result.ts";
import { joinRuns, readResult } from "./results.ts";

const proposed = (model: string, number: number, more: object = {}) => ({
  model,
  decision: "proposed",
  reasons: [],
  because: [],
  evidence: null,
  report: { headline: { number: ["rocAuc 0.81"] } },
  kept: null,
  branch: `refit--${model}`,
  url: `https://github.com/o/r/pull/${number}`,
  operation: "created",
  version: "t",
  ...more,
});

const skipped = (model: string, url: string | null) => ({
  model,
  decision: "skipped",
  reasons: [],
  heldBack: { kind: "proposal-open" },
  nextEligibleAt: null,
  url,
});

describe("what a run came to", () => {
  it("has the pull requests of all models", () => {
    const result = readResult("run", [
      skipped("a", "https://github.com/o/r/pull/1"),
      proposed("b", 2),
      skipped("c", null),
    ]);

    expect(result.pullRequests).toEqual([
      { model: "b", url: "https://github.com/o/r/pull/2", operation: "created" },
      { model: "a", url: "https://github.com/o/r/pull/1", operation: "unchanged" },
    ]);
    expect(result.summary).toHaveLength(4);
    expect(result.summary[0]!.lead).toContain("**3 models: 1 proposed, 2 skipped**");
    expect(result.summary[0]!.lead).toContain(
      "| <code>b</code> | proposed | rocAuc 0.81 | https://github.com/o/r/pull/2 |",
    );
  });

  it("has no table of a single model", () => {
    expect(readResult("run", [skipped("a", null)]).summary).toHaveLength(1);
  });

  it.each([
    ["proposed", "promote"],
    ["inconclusive", "inconclusive"],
    ["rejected", "hold"],
  ])("says the verdict of what an earlier run compared: %s, so %s", (decision, verdict) => {
    expect(readResult("run", [proposed("a", 1, { decision })]).verdict).toBe(verdict);
  });

  it("has no verdict where nothing was compared", () => {
    expect(readResult("run", [skipped("a", null)]).verdict).toBeNull();
  });
});

describe("two runs of one step", () => {
  const due = readResult("run", [skipped("a", null), proposed("b", 2)]);
  const forced = readResult("run", [proposed("a", 1)]);

  it.each<[order: string, first: Result, second: Result]>([
    ["in one order", forced, due],
    ["in the other", due, forced],
  ])("are one answer, %s", (_order, first, second) => {
    const { decision, models, pullRequests, reports } = joinRuns(first, second);

    expect(decision).toBe("proposed");
    expect(models.toSorted()).toEqual(["a", "b"]);
    expect(pullRequests.map(({ model }) => model).toSorted()).toEqual(["a", "b"]);
    expect([...reports.keys()].toSorted()).toEqual(
      [...new Set([...first.reports.keys(), ...second.reports.keys()])].toSorted(),
    );
  });

  it("are that which needs more attention, where the other had nothing to do", () => {
    const idle = readResult("run", [skipped("a", null)]);

    expect(joinRuns(forced, idle)).toMatchObject({ decision: "proposed", foremost: "a", verdict: forced.verdict });
    expect(joinRuns(idle, forced)).toMatchObject({ decision: "proposed", foremost: "a", verdict: forced.verdict });
  });
});

it("shows the page of the dashboard where a dry run has written none", () => {
  const { asked, decision, summary } = readResult("dashboard", { text: "**2 models**" });

  expect({ asked, decision }).toEqual({ asked: null, decision: "shown" });
  expect(summary.map(({ lead }) => lead)).toEqual(["**2 models**"]);
});

it("says that status was reported, not skipped", () => {
  expect(readResult("status", []).decision).toBe("reported");
});

describe("what stopped a command", () => {
  const said = (home: string | null) => {
    const message = "To open it by hand: https://github.com/octo/demo/compare/main...refit--churn?expand=1";
    const hint = "Not at https://evil.example/octo/demo or https://github.com/octo/demo.evil.example/settings.";
    const [piece] = readResult("run", { error: { code: "pull-requests-off", message, hint } }, home).summary;
    return piece!.lead;
  };

  it("has links that can be opened, to the repository's own pages only", () => {
    const lead = said("https://github.com/octo/demo");

    expect(lead).toContain("</code><https://github.com/octo/demo/compare/main...refit--churn?expand=1>");
    expect(lead).toMatch(
      /^\*\*refit stopped\*\* · <code>.*<\/code> · \[what this means\]\(\S+docs\/errors\/pull-requests-off\.md\)/,
    );
    expect(lead.match(/(?<!\()https:\/\//g)).toHaveLength(1);
    expect(said(null)).not.toContain("<https");
  });
});

it("says which of several models failed, and is a failure", () => {
  const error = { code: "command-failed", message: "`train` ended.", hint: "Read it." };
  const result = readResult("run", [proposed("a", 1), { model: "b", decision: "failed", error }]);

  expect(result).toMatchObject({ decision: "failed", models: ["a", "b"], verdict: null });
  expect(result.failure).toMatch(/^b: failed\./);
  expect(result.pullRequests).toHaveLength(1);
});

it("lets the candidates of those that were trained be judged", () => {
  const error = { code: "command-failed", message: "`train` ended.", hint: "Read it." };
  const models = [{ model: "a", result: "failed", error }] as const;
  const trained = { model: "b", result: "trained", reasons: [] };

  expect(readResult("train", { candidates: "x", models: [...models, trained] })).toMatchObject({
    decision: "trained",
    failure: null,
    notes: [{ severity: "error", title: "a: command-failed" }],
  });
  expect(readResult("train", { candidates: "x", models })).toMatchObject({
    decision: "failed",
    failure: expect.stringMatching(/^a: failed/),
  });
});

describe("what jobs of single candidates came to", () => {
  const plan = (models: object[], include: object[]) => ({ any: include.length > 0, matrix: { include }, models });
  const due = { model: "churn", result: "due", reasons: [{ kind: "no-champion" }], candidates: [{}, {}] };
  const failed = { model: "fraud", result: "failed", error: { code: "spec-invalid", message: "No.", hint: "Fix it." } };
  const held = { model: "churn", result: "skipped", heldBack: { kind: "unchanged" } };

  it.each<[why: string, models: object[], decision: string, names: string[], failure: string | null]>([
    ["one is due", [due], "planned", ["churn"], null],
    ["one is due and one failed", [due, failed], "planned", ["churn"], null],
    ["one failed", [failed, held], "failed", [], "fraud: failed; the job summary says why."],
    ["none is due", [held], "skipped", [], null],
    ["there is no model", [], "skipped", [], null],
  ])("plans: %s", (_why, models, decision, names, failure) => {
    const include = decision === "planned" ? [{ model: "churn", candidate: "1", digest: "sha256:ab" }] : [];

    const result = readResult("plan", plan(models, include));

    expect(result).toMatchObject({ decision, models: names, failure, matrix: { include } });
  });

  it("warns of a candidate that was not trained, and does not fail", () => {
    const candidates = [
      { candidate: 1, learner: "gbdt", digest: "d", folder: "f", failure: null },
      { candidate: 2, learner: "linear", digest: "e", folder: "g", failure: "It diverged." },
    ];

    const result = readResult("train", { models: [{ model: "churn", result: "trained", candidates }] });

    expect(result).toMatchObject({
      decision: "trained",
      candidates: null,
      failure: null,
      notes: [{ severity: "warning", title: "churn: candidate 2", message: "It diverged." }],
    });
    expect(result.summary[0]!.lead).toContain("candidate 2 (<code>linear</code>)");
  });

  it("hands on the digest of what was chosen", () => {
    const models = [{ model: "churn", result: "trained", reasons: [] }];

    expect(readResult("choose", { candidates: "sha256:ab", models })).toMatchObject({
      decision: "trained",
      candidates: "sha256:ab",
    });
  });
});
