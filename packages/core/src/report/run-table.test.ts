import { describe, expect, it } from "vitest";
import { type EndedRun, markdownRunTable, runTable } from "./run-table.ts";

const proposed = (model: string, decision: "proposed" | "rejected" = "proposed"): EndedRun =>
  ({
    model,
    decision,
    because: decision === "rejected" ? [{ kind: "no-gate" }] : [],
    report: { headline: { number: ["rocAuc 0.81"] } },
    url: decision === "rejected" ? null : `https://example.test/pull/${model.length}`,
  }) as unknown as EndedRun;

const ended: readonly EndedRun[] = [
  { model: "a", decision: "skipped", heldBack: { kind: "unchanged" }, url: null },
  proposed("churn"),
  {
    model: "eu/fraud",
    decision: "blocked",
    findings: [
      { severity: "warning", code: "few-rows", message: "Few rows.", hint: "", file: null, column: null },
      { severity: "error", code: "text-in-number", message: "`x` | <b>", hint: "", file: null, column: null },
    ],
    because: [],
    alert: "https://example.test/issues/9",
  },
  { model: "gone", decision: "failed", error: { code: "spec-invalid", message: "line 3:\n bad", hint: "" } },
  proposed("late", "rejected"),
];

describe("the table at the end of a run of several models", () => {
  it("says how many ended in which way, and of each why and where", () => {
    expect(runTable(ended)).toEqual([
      "",
      "5 models: 1 proposed, 1 rejected, 1 blocked, 1 failed, 1 skipped.",
      "  model     decision  why                                                 where",
      "  a         skipped   nothing has changed since the champion was trained",
      "  churn     proposed  rocAuc 0.81                                         https://example.test/pull/5",
      "  eu/fraud  blocked   text-in-number: `x` | <b>                           https://example.test/issues/9",
      "  gone      failed    spec-invalid: line 3: bad",
      "  late      rejected  there is no gate, so nothing can be promoted",
    ]);
  });

  it("fits a narrow terminal: first without the place, then with fewer words", () => {
    expect(runTable(ended, 79)[2]).toBe("  model     decision  why");
    expect(runTable(ended, 50).slice(2)).toEqual([
      "  model     decision  why",
      "  a         skipped   nothing has changed since t…",
      "  churn     proposed  rocAuc 0.81",
      "  eu/fraud  blocked   text-in-number: `x` | <b>",
      "  gone      failed    spec-invalid: line 3: bad",
      "  late      rejected  there is no gate, so nothin…",
    ]);
  });

  it("is not there for one model", () => {
    expect(runTable(ended.slice(0, 1))).toEqual([]);
  });

  it("lets nothing of what data say act in Markdown", () => {
    const text = markdownRunTable(ended);

    expect(text).toContain("**5 models: 1 proposed, 1 rejected, 1 blocked, 1 failed, 1 skipped**");
    expect(text).toContain(
      "| <code>eu/fraud</code> | blocked | text-in-number: <code>&#96;x&#96; &#124; &#60;b&#62;</code> | https://example.test/issues/9 |",
    );
  });
});
