import type { Comparison, MetricRow } from "../judge/comparison.ts";
import type { GateRow, Verdict } from "../judge/judge.ts";
import { metrics } from "../metrics/metrics.ts";
import type { Gate, MetricName } from "../spec/model-spec.ts";
import type { Chart } from "./charts/chart.ts";
import { formatNumber } from "./format-number.ts";
import { cell, table } from "./markdown.ts";
import { counted, details, intervalText, number, optionalSigned, signed } from "./number-text.ts";
import { imageOf, type ChartFile } from "./report-charts.ts";
import { gateSentence, guardSentence, testSentence } from "./sentences.ts";

/** What kind of comparison it was, in words. */
const comparisonWords = {
  "first-model": "first model: there is no champion, only absolute gates apply",
  refresh: "refresh: same settings, newer data",
  change: "change: other settings than the champion's",
  "contract-change": "contract change: the champion cannot answer today's question, so this is judged as a first model",
} as const;

/** With blanks that break no line, so that a narrow column stays one. */
const marks = {
  passed: "✅\u00A0passed",
  failed: "❌\u00A0failed",
  skipped: "– no champion",
  undefined: "⛔ undefined",
  insufficient: "⚪ too small to judge",
} as const;

/** An arrow behind a metric's name says which way is better. */
export function metricsSection(
  {
    comparison,
    championLabel,
    verdict,
  }: { readonly comparison: Comparison; readonly championLabel: string | null; readonly verdict: Verdict },
  charts: ReadonlyMap<ChartFile, Chart>,
): string {
  const rows = comparison.metrics.map((row) => [
    `${row.metric} ${metrics[row.metric].higherIsBetter ? "↑" : "↓"}`,
    ...valueCells(row),
    gateCell(verdict, row.metric),
  ]);
  const { dummy, withoutDuplicates } = comparison;
  const duplicates = withoutDuplicates === null ? [] : [withoutDuplicatesRow(withoutDuplicates)];
  const champion = championLabel === null ? "champion (none)" : `champion ${championLabel}`;
  return [
    `### Champion and challenger on the same rows`,
    `${comparisonWords[comparison.kind]}.`,
    "",
    table(
      ["metric", champion, "challenger", "improvement (90 % interval)", "p (not better)", "gate"],
      [...rows, ...duplicates],
    ),
    ...imageOf(charts, "improvement.svg"),
    "",
    `A model that gives every row the same answer has ${dummy.metric} ${number(dummy.dummy)}; the challenger ${number(dummy.challenger)}: ${optionalSigned(dummy.improvement)}${intervalText(dummy)}.`,
  ].join("\n");
}

function valueCells(row: MetricRow): string[] {
  return [
    number(row.champion),
    number(row.challenger),
    row.improvement === undefined ? "–" : `${signed(row.improvement)}${intervalText(row)}`,
    number(row.pSuperior),
  ];
}

function withoutDuplicatesRow({ rows, metric }: NonNullable<Comparison["withoutDuplicates"]>): string[] {
  return [`${metric.metric} without duplicates (${rows} rows)`, ...valueCells(metric), ""];
}

/** What the gates on all rows say of the metric. */
function gateCell({ gates }: Verdict, metric: MetricName): string {
  const own = gates.filter((row) => row.gate.slice === undefined && row.gate.metric === metric);
  return own.map((row) => `${marks[row.result]} (${gateWords(row.gate)})`).join("<br>") || "none";
}

function gateWords({ min, max, maxRegression, minImprovement }: Gate): string {
  const limits = Object.entries({ min, max, maxRegression, minImprovement });
  return limits.flatMap(([name, limit]) => (limit === undefined ? [] : [`${name}: ${limit}`])).join(", ");
}

/** One row per gate, guard and test, each with a plain sentence. */
export function judgementSection({
  verdict,
  comparison,
  look,
  alpha,
}: {
  readonly verdict: Verdict;
  readonly comparison: Comparison;
  readonly look: number;
  readonly alpha: number;
}): string {
  const gateRows = (some: readonly GateRow[]) => some.map((row) => [gateSentence(row, cell), marks[row.result]]);
  const inSlices = verdict.gates.filter(({ slice }) => slice !== null);
  const notPassed = inSlices.filter(({ result }) => result !== "passed");
  const shown = notPassed.slice(0, mostSlices);
  const folded = inSlices.filter((row) => !shown.includes(row));
  const rows = [
    ...gateRows(verdict.gates.filter(({ slice }) => slice === null)),
    ...gateRows(shown),
    ...verdict.guards.map((row) => [guardSentence(row, cell), marks[row.result]]),
    ...comparison.tests.map((test) => [testSentence(test), test.passed ? marks.passed : "⚪ not\u00A0shown"]),
  ];
  const hidden = notPassed.length - shown.length;
  const foldedWords = `${counted(folded.length, "more gate")} on slices, ${hidden === 0 ? "all passed" : `${hidden} not passed`}`;
  return [
    "### Gates and tests",
    table(["gate or test", "result"], rows),
    ...(folded.length > 0 ? ["", details(foldedWords, table(["gate", "result"], gateRows(folded)))] : []),
    ...["", `Look ${look} at this holdout; a superiority claim may spend alpha ${formatNumber(alpha)}.`],
  ].join("\n");
}

/** Gates on slices that are always in sight: only such as did not pass. */
const mostSlices = 10;

/** How the groups of `fairness` fare with both models. */
export function fairnessSection({ fairness }: Comparison): string {
  if (fairness.length === 0) return "";
  const tables = fairness.map(({ column, groups }) => {
    const rows = groups.map(({ value, rows: count, sufficient, champion, challenger }) => [
      cell(value) + (sufficient ? "" : " (too small)"),
      String(count),
      ...(["selectionRate", "truePositiveRate", "falsePositiveRate"] as const).map(
        (rate) => `${number(champion?.[rate])} → ${number(challenger[rate])}`,
      ),
    ]);
    return table([cell(column), "rows", "selected", "true positives", "false positives"], rows);
  });
  return ["### Fairness", details("Champion → challenger by group", tables.join("\n\n"))].join("\n");
}
