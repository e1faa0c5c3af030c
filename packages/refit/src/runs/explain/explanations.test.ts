import type { HeldBack, Reason } from "@refit/core/decide";
import type { Verdict, VerdictReason } from "@refit/core/judge";
import { describe, expect, it } from "vitest";
import { findingCodes } from "../../../../core/src/data/finding-codes.ts";
import { metricNames } from "../../../../core/src/spec/metric-names.ts";
import { explanationLines, explanationsIn, explanationsOf, similarWords } from "./explanations.ts";
import type { RunResult } from "../../products/outcome.ts";
import { pages } from "./pages.ts";

const all = explanationsIn(pages);
const missing = (words: readonly string[]) => words.filter((word) => explanationsOf(word, all).length === 0);

/** Every kind in a `Record`, so that the compiler asks for a new one here. */
const decisions: Readonly<Record<RunResult["decision"], true>> = {
  proposed: true,
  updated: true,
  inconclusive: true,
  rejected: true,
  blocked: true,
  skipped: true,
  suppressed: true,
  failed: true,
};
const verdicts: Readonly<Record<Verdict["kind"], true>> = {
  promote: true,
  inconclusive: true,
  hold: true,
  block: true,
};
const reasons: Readonly<Record<Reason["kind"], true>> = {
  "no-champion": true,
  imported: true,
  settings: true,
  policy: true,
  "new-rows": true,
  age: true,
  drift: true,
  "drift-classifier": true,
  performance: true,
  "champion-moved": true,
  forced: true,
  group: true,
};
const heldBack: Readonly<Record<HeldBack["kind"], true>> = {
  unchanged: true,
  "nothing-due": true,
  "proposal-open": true,
  "held-by-person": true,
  "canary-runs": true,
  "branch-held": true,
  refused: true,
  "drift-unconfirmed": true,
  "drift-known": true,
  "few-rows": true,
  "few-of-class": true,
  cooldown: true,
  backoff: true,
  budget: true,
  "handed-over": true,
  "group-held": true,
};
const verdictReasons: Readonly<Record<VerdictReason["kind"], true>> = {
  "no-gate": true,
  finding: true,
  "undefined-metric": true,
  "missing-slice": true,
  "gate-failed": true,
  "guard-failed": true,
  "small-groups": true,
  "small-slices": true,
  "few-rows": true,
  "few-of-class": true,
  "dummy-undecided": true,
  worse: true,
  "same-model": true,
  "anchor-best": true,
  "nothing-newer": true,
  "test-failed": true,
};

describe("what refit explain knows", () => {
  it.each<[what: string, words: readonly string[], least: number]>([
    ["page of an error", Object.keys(pages).flatMap((page) => /^errors\/(.+)\.md$/.exec(page)?.[1] ?? []), 85],
    ["finding", Object.keys(findingCodes), 50],
    ["decision", Object.keys(decisions), 8],
    ["verdict", Object.keys(verdicts), 4],
    ["reason to train", Object.keys(reasons), 11],
    ["reason not to train", Object.keys(heldBack), 14],
    ["reason of a verdict", Object.keys(verdictReasons), 16],
    ["metric", metricNames, 19],
    [
      "term of the glossary that pages use without saying what it means",
      [
        "step",
        "gate",
        "forge",
        "alert",
        "suspect",
        "finding",
        "seed",
        "input digest",
        "stale",
        "retired",
        "draft",
        "cool-down",
      ],
      12,
    ],
    [
      "term of the glossary that reports use",
      [
        "holdout",
        "slice",
        "challenger",
        "champion",
        "first model",
        "refresh",
        "target",
        "feature",
        "learner",
        "dummy",
        "guardrail",
        "detectable difference",
        "promotion",
        "rollback",
        "training rows",
        "validation rows",
        "base branch",
        "report",
      ],
      18,
    ],
    ["word of statistics", ["look", "alpha", "margin", "p", "interval", "Holm", "PSI", "anchor"], 8],
  ])("is every %s", (_what, words, least) => {
    expect(words.length).toBeGreaterThanOrEqual(least);
    expect(missing(words)).toEqual([]);
  });

  it("finds a word however it is written, and all of its meanings", () => {
    expect(explanationsOf("ROC AUC", all).map(({ word }) => word)).toEqual(["rocAuc"]);
    expect(explanationsOf("Shallow-Clone", all).map(({ kind }) => kind)).toEqual(["error"]);
    expect(explanationsOf("too-few-rows", all).map(({ kind }) => kind)).toEqual(["error", "finding"]);
  });

  it.each([
    ["shalow-clone", "shallow-clone", ["shallow-clone"]],
    ["champion", undefined, ["champion", "no-champion", "champion-moved", "champion-collapse"]],
    ["xyzzy", undefined, []],
  ])("names what is like %s", (word, near, similar) => {
    const words = all.map((one) => one.word);

    expect(similarWords(word, words, near).sort()).toEqual([...similar].sort());
  });
});

describe("an explanation for a terminal", () => {
  it("says something without markup, and fits", () => {
    const wrong = all.filter((one) => {
      const lines = explanationLines(one, 80).slice(0, -1);
      const words = lines.filter((line) => !line.startsWith("    "));
      const isMarked = /\*\*|\]\(|<a |&#|^ *#/m.test(words.join("\n").replace(/`[^`]*`/g, ""));
      return one.text.join("").length < 15 || isMarked || words.some((line) => line.length > 120);
    });

    expect(all.length).toBeGreaterThan(300);
    expect(wrong.map(({ word }) => word)).toEqual([]);
  });

  it("reads like this", () => {
    const shown = ["shallow-clone", "unit-change", "hold", "rocAuc", "alpha"].flatMap((word) =>
      explanationsOf(word, all).flatMap((one) => [...explanationLines(one, 80), ""]),
    );

    expect(shown.join("\n")).toMatchSnapshot();
  });
});
