import { describe, expect, it } from "vitest";
import { attentionSection, warningItems } from "./attention-section.ts";
import { headline } from "./headline.ts";
import { compare, compareClasses, inputOf } from "./report.fixture.ts";
import { terminalText } from "./terminal-text.ts";

const warningsOf = (input: Parameters<typeof warningItems>[0]) => warningItems(input).map(terminalText);

/** Three classes, compared by accuracy, with this log loss beside it. */
function withLogLoss(challenger: number) {
  const comparison = compareClasses();
  const [logLoss, f1] = comparison.metrics;
  return {
    ...comparison,
    primary: "accuracy" as const,
    metrics: [
      { ...f1!, metric: "accuracy" as const },
      { ...logLoss!, challenger },
    ],
    dummy: { ...comparison.dummy, metric: "accuracy" as const },
    classRows: [94, 87, 89],
    findings: [],
  };
}

describe("attentionSection", () => {
  it("warns of probabilities that are worse than the class shares", () => {
    expect(warningsOf(inputOf(withLogLoss(1.1168)))).toEqual([
      "logLoss is 1.1168 (lower is better), worse than always answering the class shares of these rows, which gives 1.0981.",
    ]);
  });

  it.each([
    ["where they are better", withLogLoss(1.09)],
    ["where the dummy is compared by its log loss anyway", { ...compareClasses(), classRows: [1, 0], findings: [] }],
    ["where nobody computed it", { ...withLogLoss(2), metrics: withLogLoss(2).metrics.slice(0, 1) }],
    ["of numbers", { ...withLogLoss(2), classRows: null }],
  ])("does not %s", (_, comparison) => {
    expect(warningsOf(inputOf(comparison))).toEqual([]);
  });

  it("shows what speaks against a merge before what is only good to know", () => {
    const block = attentionSection(inputOf(withLogLoss(1.1168)))!.body[0]!;

    expect(block.kind === "notice" && block.lines.map(terminalText)).toEqual([
      expect.stringMatching(/^logLoss is/),
      "213 rows without a value of the target were left out.",
    ]);
  });
});

describe("headline", () => {
  const verdictOf = (input: Parameters<typeof headline>[0]) => terminalText(headline(input).verdict);

  it("counts the warnings of a verdict that a merge may follow", () => {
    expect(verdictOf(inputOf(compare()))).toMatch(/ promote: .* 1 warning under Attention\.$/);
    expect(verdictOf(inputOf(compare({ findings: [] })))).not.toContain("Attention");
  });
});
