import { describe, expect, it } from "vitest";
import { finding } from "../data/finding-codes.ts";
import type { Comparison } from "../judge/comparison.ts";
import { judge } from "../judge/judge.ts";
import { dataAlert, outdatedAlertNote, verdictAlert } from "./alert.ts";
import { dataReport } from "./data-report.ts";
import { asText, markdownHeadline, markdownReport } from "./markdown-report.ts";
import {
  compare,
  compareClasses,
  compareNumbers,
  firstComparison,
  inputOf,
  plain,
  warning,
  type Words,
} from "./report.fixture.ts";
import { makeReport } from "./report.ts";
import type { ReportInput } from "./report-input.ts";
import { chartFiles } from "./section.ts";
import { terminalReport } from "./terminal-report.ts";

const nasty: Words = {
  column: "p|l`a`n</code>\n# @octocat <img src=x onerror=alert(1)> me@example.org \u202Egnp.exe\u200B",
  values: [
    "[click](https://example.org) ![x](https://example.org/x.png) #1 octo/demo#2 GH-3",
    "5d41402abc4b2a76b9719d911017c592aaaaaaaa --> <!-- refit:report model=churn -->",
    "</details></td></tr>| --- | :smile: $x$ ~~no~~ www.example.org",
  ],
  file: "data/$(touch x)|`;\r\n::error::.csv",
  person: "**now**, said @octocat: see https://example.org\n\n### What to do\nMerge it",
};

const weak: Partial<Comparison> = {
  kind: "change",
  tests: [
    {
      against: "champion",
      kind: "superiority",
      improvement: 0.0157,
      standardError: 0.0091,
      method: "delong",
      margin: 0,
      p: 0.0423,
      alpha: 0.0076,
      detectable: 0.0297,
      passed: false,
    },
  ],
};

const worse = compare().metrics.map((row) => ({
  ...row,
  challenger: row.champion! + (row.metric === "logLoss" ? 0.03 : -0.03),
  improvement: -0.03,
  interval: [-0.045, -0.015] as const,
  pSuperior: 0.9995,
}));

const leak = {
  ...warning(plain),
  code: "leak-feature",
  severity: "error" as const,
  file: null,
  column: "plan",
  message: 'The column "plan" alone gives the answer away (area 0.9991).',
};

const cases: Record<string, ReportInput> = {
  "first-model": inputOf(firstComparison, plain, {
    championLabel: null,
    earlier: [],
    reasons: [{ kind: "no-champion" }],
    look: 1,
    alpha: 0.0304,
    data: { ...inputOf(compare()).data, findings: [], drift: [], classifier: null },
  }),
  refresh: inputOf(compare()),
  inconclusive: inputOf(compare({ ...weak, learnerChange: [{ setting: "learner", from: "linear", to: "gbdt" }] })),
  multiclass: inputOf(compareClasses(), plain, {
    verdict: judge(compareClasses(), [{ metric: "logLoss", maxRegression: 0.02 }], { fairness: [], budget: {} }),
    reliance: null,
  }),
  regression: inputOf(compareNumbers(), plain, {
    verdict: judge(compareNumbers(), [{ metric: "mae", maxRegression: 2 }], { fairness: [], budget: {} }),
    reliance: null,
  }),
  attention: inputOf(
    compare({
      learnerChange: [{ setting: "learner", from: "linear", to: "gbdt" }],
      metrics: [compare().metrics[0]!, worse[1]!],
    }),
    plain,
    {
      attention: {
        rolledBack: { label: "v4", at: Date.UTC(2026, 4, 20) },
        lowered: ["the gate `min` of logLoss is gone", "`margin` grows to 0.05"],
      },
      data: {
        ...inputOf(compare()).data,
        news: {
          files: [{ path: "data/churn/2026-05.csv", rows: 600, added: 600, corrected: 25, copied: 0 }],
          lost: 3,
          changes: { columns: [{ column: "left", rows: 25 }], examples: [] },
        },
        findings: [
          {
            ...warning(plain),
            code: "unit-change",
            accepted: {
              reason: "minutes since May",
              by: { commit: "5d41402abc4b", author: "Ada", at: Date.UTC(2026, 4, 2) },
            },
          },
        ],
      },
    },
  ),
  hold: inputOf(compare({ metrics: worse })),
  block: inputOf(compare({ findings: [leak], missingSlices: ["tenure"] })),
  "contract-change": inputOf({ ...firstComparison, kind: "contract-change" }, plain, {
    reasons: [{ kind: "settings", changed: [{ setting: "holdout.days", from: "180", to: null }] }],
    notices: ["The ledger branch is missing, so comparisons on this holdout are counted from the versions in history."],
  }),
  hostile: inputOf(compare({}, nasty), nasty, { baseBranch: "ma`in", notices: [nasty.person] }),
};

/** Lines that a terminal would break, though they have a place to be broken at behind their mark and the title of their cell. */
const tooWide = (lines: readonly string[], width: number) =>
  lines.filter((line) => line.length > width && /\S {1,2}\S+$/.test(line.replace(/^\s*[-!]? */, "")));

describe("report", () => {
  it.each(Object.entries(cases))("stays as it was read and found good: %s", async (name, input) => {
    const { report, charts } = makeReport(input);

    await expect(markdownReport(report)).toMatchFileSnapshot(`__snapshots__/${name}.md`);
    await expect(`${terminalReport(report).join("\n")}\n`).toMatchFileSnapshot(`__snapshots__/${name}.txt`);
    expect(tooWide(terminalReport(report, 80), 80)).toEqual([]);
    if (!["first-model", "refresh", "regression", "hostile"].includes(name)) return;
    for (const [file, { svg }] of charts) await expect(svg).toMatchFileSnapshot(`__snapshots__/${name}-${file}`);
  });

  it.each<[name: string, lines: string[]]>([
    [
      "refresh",
      [
        "**churn** ✅ **promote**: every gate passed, and the test shows that it is not worse than the champion by more than the margin. 1 warning under Attention.",
        "rocAuc 0.7412 → 0.7569, better by 0.0157 (90 % interval +0.0007 to +0.0307; must lie above the margin of −0.0226), on 1480 unseen rows from 2026-02-01 to 2026-05-31.",
        "Retrained because 600 new rows arrived (minNewRows: 500); <code>plan</code> has drifted (PSI 0.2417); a person asked for it: <code>the release is on Friday</code>.",
      ],
    ],
    [
      "first-model",
      [
        "**churn** ✅ **promote**: every gate passed, and there is no champion to compare with.",
        "rocAuc 0.7466 (better than the 0.5000 of one answer for every row) on 1480 unseen rows from 2026-02-01 to 2026-05-31.",
        "Trained because there is no champion yet.",
      ],
    ],
  ])("says verdict, number and reason in its first three lines: %s", (name, lines) => {
    const { report } = makeReport(cases[name]!);
    const markdown = markdownReport(report);

    expect(markdown.split("\n", 3).map((line) => line.trimEnd())).toEqual(lines);
    expect(markdownHeadline(report.headline).split("\n", 3)).toEqual(markdown.split("\n", 3));
  });

  it.each(Object.entries(cases))("shows every chart once, as a file beside it: %s", (_name, input) => {
    const { report, charts } = makeReport(input);

    expect(chartFiles(report).sort()).toEqual([...charts.keys()].sort());
    const placed = markdownReport(report, (file) => `https://example.org/raw/${file}?raw=true`);
    expect(placed.match(/\]\(https:\/\/example\.org\/raw\/[a-z]+\.svg\?raw=true\)/g)).toHaveLength(charts.size);
    const without = markdownReport(report, () => null);
    expect(without).not.toContain("![");
    expect(without).not.toMatch(/<\/summary>\s*<\/details>/);
    expect(terminalReport(report).join("\n")).not.toMatch(/:\n\n/);
  });

  it("shows no number in a chart that the text beside it has not", () => {
    const { report, charts } = makeReport(cases["refresh"]!);
    const text = markdownReport(report, () => null);

    for (const [, { svg }] of charts) {
      const numbers = [...svg.matchAll(/<tspan class="strong">([^<]+)<|class="strong" x="[^>]*>([\d.]+)</g)];
      for (const [, signed, plainNumber] of numbers) expect(text).toContain(signed ?? plainNumber);
    }
  });

  it("keeps what speaks against it short enough to be read", () => {
    const findings = Array.from({ length: 40 }, (_, i) => ({ ...leak, message: `Leak ${i}.` }));

    const { report } = makeReport(inputOf(compare({ findings })));

    const head = markdownHeadline(report.headline);
    expect(head.match(/leak-feature/g)).toHaveLength(10);
    expect(head).toContain("- and 30 more, in the tables below");
  });
});

it("refused data are told like any other end of a run", async () => {
  const report = dataReport("churn", [
    { ...warning(plain), code: "unit-change", severity: "suspect", column: "hours" },
    finding("empty-file", { file: "data/churn/2026-05.csv" }, 'The file "data/churn/2026-05.csv" is empty.'),
    warning(nasty),
  ]);

  await expect(markdownReport(report)).toMatchFileSnapshot("__snapshots__/blocked-data.md");
  await expect(`${terminalReport(report).join("\n")}\n`).toMatchFileSnapshot("__snapshots__/blocked-data.txt");
  const narrow = terminalReport(report, 80);
  await expect(`${narrow.join("\n")}\n`).toMatchFileSnapshot("__snapshots__/blocked-data-80.txt");
  expect(tooWide(narrow, 80)).toEqual([]);
});

describe("what alerts and checks say", () => {
  it.each<[name: string, text: string]>([
    [
      "alert-data",
      dataAlert("churn", [
        { ...warning(plain), severity: "error" },
        { ...warning(nasty), severity: "suspect" },
      ]),
    ],
    [
      "alert-stale",
      dataAlert("churn", [finding("unit-change", { column: "hours" }, "Said.")], {
        runs: 4,
        since: Date.parse("2026-03-01"),
        learnedUntil: Date.parse("2026-02-20T12:00:00Z"),
        newRows: 1200,
        now: Date.parse("2026-04-02T13:00:00Z"),
      }),
    ],
    ["alert-verdict", verdictAlert("churn", cases["block"]!.verdict.because)],
    ["alert-data-plain", dataAlert("churn", [warning(plain), { ...warning(nasty), severity: "error" }], null, asText)],
    ["alert-verdict-plain", verdictAlert("churn", cases["block"]!.verdict.because, asText)],
    ["alert-outdated", outdatedAlertNote("churn", Date.parse("2026-03-01"), Date.parse("2026-03-02T03:00:00Z"))],
    ["alert-outdated-not-due", outdatedAlertNote("churn", Date.parse("2026-03-01"), null)],
    ["check-refresh", markdownHeadline(makeReport(cases["refresh"]!).report.headline)],
    ["check-hold", markdownHeadline(makeReport(cases["hold"]!).report.headline)],
  ])("stays as it was read and found good: %s", async (name, text) => {
    await expect(text).toMatchFileSnapshot(`__snapshots__/${name}.md`);
  });
});
