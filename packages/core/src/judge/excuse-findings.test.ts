import { describe, expect, it } from "vitest";
import { finding, type FindingCode } from "../data/finding-codes.ts";
import type { ComparisonKind } from "./comparison.ts";
import { excuseFindings } from "./excuse-findings.ts";

describe("excuseFindings", () => {
  it.each<[why: string, code: FindingCode, kind: ComparisonKind, improvement: number | undefined, severity: string]>([
    ["a champion that is no better", "no-better-than-dummy", "refresh", 0.01, "warning"],
    ["a champion that is just as good", "biased-predictions", "refresh", 0, "warning"],
    ["a champion that is better", "biased-predictions", "refresh", -0.001, "suspect"],
    ["nothing was compared", "biased-predictions", "refresh", undefined, "suspect"],
    ["other settings", "class-never-predicted", "change", 0.01, "warning"],
    ["the same answer for all", "constant-predictions", "change", 0.01, "warning"],
    ["no champion", "constant-predictions", "first-model", undefined, "error"],
    ["no champion, and better than the dummy", "biased-predictions", "first-model", undefined, "warning"],
    ["no champion, and a column that tells all", "leak-suspect", "first-model", undefined, "suspect"],
    ["a champion that cannot be compared", "biased-predictions", "contract-change", undefined, "suspect"],
    ["a champion that answers another question", "no-better-than-dummy", "contract-change", 0.1, "error"],
    ["predictions that are no numbers", "non-finite-predictions", "refresh", 0.1, "error"],
    ["a column that the champion knows too", "leak-suspect", "refresh", -0.1, "warning"],
    ["a column that it may not know", "leak-suspect", "change", 0.1, "suspect"],
    ["rows on both sides", "overlap", "refresh", 0.1, "error"],
  ])("%s", (_why, code, kind, improvement, severity) => {
    const [found] = excuseFindings([finding(code, { column: "y" }, "Said.")], { kind, improvement, ofChampion: [] });

    expect(found!.severity).toBe(severity);
    expect(found!.message.endsWith("this blocks nothing.")).toBe(severity === "warning");
  });

  it.each<[why: string, code: FindingCode, kind: ComparisonKind, ofChampion: FindingCode, severity: string]>([
    ["the champion shows the same", "biased-predictions", "refresh", "biased-predictions", "warning"],
    ["under other settings too", "class-never-predicted", "change", "class-never-predicted", "warning"],
    ["the champion shows another", "biased-predictions", "refresh", "class-never-predicted", "suspect"],
    [
      "a champion that answers another question",
      "biased-predictions",
      "contract-change",
      "biased-predictions",
      "suspect",
    ],
    ["no numbers, as of the champion", "non-finite-predictions", "refresh", "non-finite-predictions", "error"],
  ])("of a challenger that does a little worse: %s", (_why, code, kind, codeOfChampion, severity) => {
    const of = (each: FindingCode) => [finding(each, { column: "y" }, "Said.")];
    const [found] = excuseFindings(of(code), { kind, improvement: -0.001, ofChampion: of(codeOfChampion) });

    expect(found!.severity).toBe(severity);
  });

  it.each(["no-better-than-dummy", "dummy-undecided"] as const)("excuses no first model with %s", (code) => {
    const findings = [finding("biased-predictions", { column: "y" }, "Said."), finding(code, {}, "No.")];

    expect(excuseFindings(findings, { kind: "first-model", improvement: undefined, ofChampion: [] })).toEqual(findings);
  });
});
