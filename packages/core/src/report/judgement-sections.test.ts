import { describe, expect, it } from "vitest";
import { firstModel, passing, refresh, row, slice } from "../judge/comparison.fixture.ts";
import type { Comparison } from "../judge/comparison.ts";
import type { Guards } from "../judge/guards.ts";
import { judge } from "../judge/judge.ts";
import type { GroupContrast } from "../judge/measure-fairness.ts";
import type { Gate } from "../spec/model-spec.ts";
import { computationSection } from "./computation-section.ts";
import { fairnessSection, judgementSection, metricsSection } from "./judgement-sections.ts";
import { markdownSection } from "./markdown-report.ts";
import { guardSentence } from "./sentences.ts";
import { slicesSection } from "./slices-section.ts";
import { terminalText } from "./terminal-text.ts";

const gates: Gate[] = [
  { metric: "rocAuc", min: 0.7 },
  { metric: "logLoss", max: 0.4 },
  { metric: "rocAuc", minImprovement: 0.01 },
  { metric: "rocAuc", maxRegression: 0.05, slice: "*", significant: true },
];
const guards: Guards = {
  fairness: [{ group: "region", minSelectionRatio: 0.8, maxOpportunityGapGrowth: 0.02 }],
  budget: { maxLatencyRatio: 1.25, maxP95MsPer1000Rows: 2, maxSizeRatio: 2 },
};
const lossHere = { ...row("rocAuc", 0.8, 0.7, -0.1), interval: [-0.2, -0.02] as const, standardError: 0.05 };
const rates = (selectionRate: number) => ({ selectionRate, truePositiveRate: 0.5, falsePositiveRate: undefined });
const comparison: Comparison = {
  ...refresh,
  slices: [
    slice(true, { value: "Small", metrics: [row("rocAuc", 0.7, 0.75, 0.05)], pRegression: 0.9, pHolm: 1 }),
    slice(true, { value: "Large", metrics: [lossHere], pRegression: 0.02, pHolm: 0.06 }),
    slice(false, { value: "Tiny", rows: 9, metrics: [row("rocAuc", 0.7, 0.1, -0.6)] }),
  ],
  withoutDuplicates: { rows: 480, metric: row("rocAuc", 0.69, 0.71, 0.02) },
  tests: [passing, { ...passing, against: "anchor", passed: false, p: 0.2, detectable: null }],
  fairness: [
    {
      column: "region",
      groups: [
        { value: "north", rows: 300, sufficient: true, champion: rates(0.4), challenger: rates(0.4) },
        { value: "s|outh", rows: 20, sufficient: false, champion: null, challenger: rates(0.1) },
      ],
      selectionRatio: { champion: 0.9, challenger: 0.7, interval: [0.6, 0.8], pWorse: 0.01 },
      opportunityGap: { champion: undefined, challenger: undefined, interval: null, pWorse: null },
    },
  ],
  cost: {
    latency: {
      challengerMs: 2.2,
      challengerP95Ms: 3,
      champion: { ms: 2, ratio: 1.1, interval: [1.05, 1.15] },
      batches: 50,
      batchRows: 1000,
    },
    size: { champion: 1000, challenger: 3000 },
  },
};

describe("the sections that say how it was judged", () => {
  it.each<[what: string, test: Partial<(typeof comparison)["tests"][number]>, mark: string]>([
    ["nothing seen", { passed: true, p: 0.4 }, "✅\u00A0passed"],
    ["harm seen", { p: 0.03 }, "❌\u00A0failed"],
    ["harm that could not be seen", { p: 0.4 }, "⚪ too small to judge"],
    ["no proof", { kind: "superiority", p: 0.03 }, "⚪ not\u00A0shown"],
  ])("mark a test by what it asked: %s", (_what, test, mark) => {
    const tests = [{ ...passing, kind: "harm" as const, alpha: 0.05, passed: false, ...test }];
    const verdict = judge(comparison, gates, guards);
    const section = judgementSection({ verdict, comparison: { ...comparison, tests }, look: 1, alpha: 0.03 });

    expect(markdownSection(section)).toMatch(new RegExp(`\\| test: .* \\| ${mark} \\|`));
  });

  it("have one row and one plain sentence per gate, guard and test", () => {
    const verdict = judge(comparison, gates, guards);

    expect(markdownSection(judgementSection({ verdict, comparison, look: 2, alpha: 0.0076 }))).toMatchInlineSnapshot(`
      "### Gates and tests
      | gate or test | result |
      | --- | --- |
      | rocAuc is 0.7200; at least 0.7 is required | ✅ passed |
      | logLoss is 0.5200; at most 0.4 is allowed | ❌ failed |
      | rocAuc is better by 0.0200; better by at least 0.01 is required | ✅ passed |
      | the selection rate of the least selected group of <code>region</code> is 0.7000 of the most selected group's (minSelectionRatio: 0.8, 90 % interval 0.6000 to 0.8000, p = 0.0100) | ❌ failed |
      | maxOpportunityGapGrowth: groups of <code>region</code> are too small, or none is ever selected | ⚪ too small to judge |
      | a prediction takes 1.1000 times as long as the champion's (maxLatencyRatio: 1.25, 90 % interval 1.0500 to 1.1500) | ✅ passed |
      | 95 % of the batches take at most 3.0000 ms per 1,000 rows (maxP95MsPer1000Rows: 2) | ❌ failed |
      | the artifact has 3.0000 times the champion's bytes (maxSizeRatio: 2) | ❌ failed |
      | test: not worse than the champion by more than the margin of 0.0100 | ✅ passed |
      | test: not worse than the anchor by more than the margin of 0.0100 | ⚪ not shown |

      <details><summary>2 more gates on slices, all passed</summary>

      | gate | result |
      | --- | --- |
      | rocAuc where <code>size</code> is <code>Small</code> is better by 0.0500; worse by at most 0.05 is allowed, or more if it is not significant (Holm p = 1.0000, significant below 0.05) | ✅ passed |
      | rocAuc where <code>size</code> is <code>Large</code> is worse by 0.1000; worse by at most 0.05 is allowed, or more if it is not significant (Holm p = 0.0600, significant below 0.05) | ✅ passed |

      </details>

      <details><summary>The tests in numbers</summary>

      - not worse than the champion within a margin of 0.0100: p = 0.0100, at most 0.0500 is required; detectable difference 0.0200
      - not worse than the anchor within a margin of 0.0100: p = 0.2000, at most 0.0500 is required
      - p is the probability of a result at least this clear if there were in truth no difference, or one as large as the margin.
      - This is comparison 2 on these rows (look 2). With each one a lucky result gets more likely, so a claim of “better” needs p ≤ 0.0076 (alpha).

      </details>"
    `);
  });

  it("say for a first model that there is nobody to compare with", () => {
    const verdict = judge(firstModel, [gates[0]!, gates[2]!], { fairness: [], budget: guards.budget });

    expect(markdownSection(judgementSection({ verdict, comparison: firstModel, look: 1, alpha: 0.03 })))
      .toMatchInlineSnapshot(`
        "### Gates and tests
        | gate or test | result |
        | --- | --- |
        | rocAuc is 0.7200; at least 0.7 is required | ✅ passed |
        | rocAuc must be better by at least 0.01 | – no champion |
        | maxLatencyRatio: 1.25 | – no champion |
        | maxP95MsPer1000Rows: no prediction was timed | ❌ failed |
        | maxSizeRatio: 2 | – no champion |"
      `);
  });

  it("say why a ratio below the limit may pass", () => {
    const passes = (selectionRatio: GroupContrast) => {
      const fairness = [{ ...comparison.fairness[0]!, selectionRatio }];
      const verdict = judge({ ...comparison, fairness }, gates, { ...guards, budget: {} });
      return terminalText(guardSentence(verdict.guards[0]!));
    };

    expect(passes({ champion: 0.6, challenger: 0.6, interval: [0.5, 0.7], pWorse: 0.5 })).toMatch(
      /p = 0\.5000\); not shown to be worse than the champion’s$/,
    );
    expect(passes({ champion: undefined, challenger: 0.7, interval: [0.5, 0.9], pWorse: null })).toMatch(
      /0\.9000\); not significant$/,
    );
    expect(passes({ champion: 0.9, challenger: 0.85, interval: [0.8, 0.9], pWorse: 0.01 })).toMatch(/p = 0\.0100\)$/);
  });

  it("show the metrics, what is left without duplicates, and the dummy", () => {
    const verdict = judge(comparison, gates, guards);

    expect(markdownSection(metricsSection({ comparison, championLabel: "v3", verdict }, new Map())))
      .toMatchInlineSnapshot(`
        "### Champion and challenger on the same rows
        Refresh: newer data, same settings.

        | metric | champion v3 | challenger | improvement (90 % interval) | gate |
        | --- | --- | --- | --- | --- |
        | rocAuc ↑ | 0.7000 | 0.7200 | +0.0200 | ✅ passed (min: 0.7)<br>✅ passed (minImprovement: 0.01) |
        | logLoss ↓ | 0.5000 | 0.5200 | −0.0200 | ❌ failed (max: 0.4) |
        | rocAuc without duplicates of training rows (480 rows) | 0.6900 | 0.7100 | +0.0200 |  |

        The dummy, which gives every row the same prediction, has rocAuc 0.5000. The challenger has 0.7200, an improvement of +0.2200 (+0.1800 to +0.2600)."
      `);
  });

  it("keep the worst slice in sight, and judge no small one", () => {
    const section = markdownSection(slicesSection(comparison)!);

    expect(section.split("<details>")[0]).toMatchInlineSnapshot(`
      "### Slices
      Worst: <code>size</code> = <code>Large</code>, improvement of rocAuc −0.1000 on 120 rows (Holm p of “not worse”: 0.0600).

      "
    `);
    expect(section).toContain("too few rows to judge");
    expect(slicesSection({ ...comparison, slices: [] })).toBeNull();
    expect(markdownSection(slicesSection({ ...comparison, slices: [slice(false)] })!)).toContain(
      "No slice is large enough",
    );
  });

  it("escape the values of groups", () => {
    const section = markdownSection(fairnessSection(comparison)!);

    expect(section).toContain("<code>north</code> | 300 | 0.4000 → 0.4000 |");
    expect(section).toContain("s&#124;outh</code> (too small) | 20 | – → 0.1000 |");
    expect(fairnessSection({ ...comparison, fairness: [] })).toBeNull();
  });

  it("end with all that is needed to recompute the verdict", () => {
    expect(markdownSection(computationSection({ comparison, look: 2, alpha: 0.0076 }))).toMatchInlineSnapshot(`
      "### How it was computed
      <details><summary>Numbers to recompute the verdict from</summary>

      | test | method | improvement | standard error | margin | p | alpha | detectable |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      | non-inferiority against the champion | DeLong | 0.02 | 0.01 | 0.01 | 0.01 | 0.05 | 0.02 |
      | non-inferiority against the anchor | DeLong | 0.02 | 0.01 | 0.01 | 0.2 | 0.05 | – |

      - 500 holdout rows, digest \`0000000000000000000000000000000000000000000000000000000000000000\`.
      - Bootstrap: Poisson(1) counts of rows, 2000 replicates, seed 7; percentile intervals; p = (1 + replicates not above 0) / (replicates + 1), or the normal tail where none is.
      - Harm: p of “no worse”, by DeLong, the exact binomial p by McNemar (rows on which only one of the two is right), else the bootstrap's p; detectable = 2.486 standard errors, four times in five. Non-inferiority: p = 1 − Φ((improvement + margin) / standard error). Superiority: p of “no better”, as for harm.
      - Look 2: alpha = 0.05 × 6 / (π² × 2²) = 0.0076 for superiority; a refresh always uses 0.05.
      - Slices: one-sided, Holm over 2.
      - Artifacts: 1000 → 3000 bytes.
      - Latency: medians of 50 batches of 1000 rows each, alternating with the champion's in one process: 2.0000 → 2.2000 ms; 95 % of the challenger's take at most 3.0000 ms.

      </details>"
    `);
    expect(markdownSection(computationSection({ comparison: firstModel, look: 1, alpha: 0.03 }))).toContain(
      "No test: there is no champion",
    );
  });
});
