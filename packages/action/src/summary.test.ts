import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText, outsideOfCode } from "../../core/src/report/hostile-text.fixture.ts";
import { readResult } from "./results.ts";

const home = "https://github.com/octo/demo";

/** Job summaries of all commands, with the text in every place where data or people's words go. */
function summariesWith(text: string): Record<string, string> {
  const finding = { code: "null-rate", severity: "error", file: text, column: text, message: text, hint: text };
  const nothing = { evidence: null, report: null, kept: null, alert: null };
  const blocked = { model: "churn", decision: "blocked", findings: [finding], because: [], ...nothing };
  const skipped = {
    model: "churn",
    decision: "skipped",
    heldBack: { kind: "nothing-due" },
    nextEligibleAt: null,
    url: null,
    reasons: [
      { kind: "forced", words: text },
      { kind: "drift", feature: text, psi: 0.3 },
    ],
  };
  const verified = { model: "churn", result: "failed", title: text, problems: [text], weakened: [text], verdict: null };
  const json: Record<string, unknown> = {
    run: [blocked, skipped, { model: "churn", decision: "failed", error: { code: "x", message: text, hint: text } }],
    train: { candidates: text, models: [{ model: "churn", result: "failed", error: { message: text, hint: text } }] },
    verify: [verified],
    promote: [{ model: "churn", tag: text, result: "created" }],
    doctor: [{ severity: "warning", what: text, fix: text }],
    error: { error: { code: "unreadable-data", message: text, hint: text } },
  };
  return Object.fromEntries(
    Object.entries(json).map(([command, answer]) => {
      const { summary } = readResult(command as "run", answer, home);
      return [command, summary.map(({ lead }) => lead).join("\n\n---\n\n")];
    }),
  );
}

describe("job summaries", () => {
  it("keep words out of data and of people in their place", () => {
    const harmless = Object.entries(summariesWith("harmless")).map(([command, summary]) => {
      expect(summary, `of ${command}`).toContain("harmless");
      return [command, outsideOfCode(summary)] as const;
    });
    fc.assert(
      fc.property(hostileText, (text) => {
        const summaries = summariesWith(text);
        for (const [command, outside] of harmless) {
          expect(outsideOfCode(summaries[command]!), `of ${command}`).toEqual(outside);
        }
      }),
      { numRuns: 60 },
    );
  });
});
