import type { Comparison, MetricRow, SliceRow } from "../judge/comparison.ts";
import type { Verdict } from "../judge/judge.ts";
import { metrics } from "../metrics/metrics.ts";
import { formatNumber } from "./format-number.ts";
import { cell, table } from "./markdown.ts";
import { details, intervalText, number, optionalSigned, signed } from "./number-text.ts";
import { gateSentence, guardSentence, testSentence } from "./sentences.ts";

/** What kind of comparison it was, in words. */
const comparisonWords = {
  "first-model": "first model: there is no champion, only absolute gates apply",
  refresh: "refresh: same settings, newer data",
  change: "change: other settings than the champion's",
  "contract-change": "contract change: the champion cannot answer today's question, so this is judged as a first model",
} as const;

export function metricsSection({
  comparison,
  championLabel,
}: {
  readonly comparison: Comparison;
  readonly championLabel: string | null;
}): string {
  const rows = comparison.metrics.map((row) => [
    `${row.metric} ${metrics[row.metric].higherIsBetter ? "↑" : "↓"}`,
    ...valueCells(row),
  ]);
  const { dummy, withoutDuplicates } = comparison;
  const duplicates = withoutDuplicates === null ? [] : [withoutDuplicatesRow(withoutDuplicates)];
  const champion = championLabel === null ? "champion (none)" : `champion ${championLabel}`;
  return [
    `### Champion and challenger on the same rows`,
    `${comparisonWords[comparison.kind]}.`,
    "",
    table(
      ["metric", champion, "challenger", "improvement (90 % interval)", "p (not better)"],
      [...rows, ...duplicates],
    ),
    "",
    `A model that gives every row the same answer has ${dummy.metric} ${number(dummy.dummy)}; the challenger ${number(dummy.challenger)} (${optionalSigned(dummy.improvement)}${intervalText(dummy)}).`,
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
  return [`${metric.metric} without duplicates (${rows} rows)`, ...valueCells(metric)];
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
  const marks = {
    passed: "✅ passed",
    failed: "❌ failed",
    skipped: "– no champion",
    undefined: "⛔ undefined",
    insufficient: "⚪ too small to judge",
  } as const;
  const rows = [
    ...verdict.gates.map((row) => [gateSentence(row, cell), marks[row.result]]),
    ...verdict.guards.map((row) => [guardSentence(row, cell), marks[row.result]]),
    ...comparison.tests.map((test) => [testSentence(test), test.passed ? "✅ passed" : "⚪ not shown"]),
  ];
  const looks = `Look ${look} at this holdout; a superiority claim may spend alpha ${formatNumber(alpha)}.`;
  return ["### Gates and tests", table(["gate or test", "result"], rows), "", looks].join("\n");
}

/** All slices, folded; the worst that is large enough is always in sight. */
export function slicesSection({ slices, primary }: Comparison): string {
  if (slices.length === 0) return "";
  const value = (slice: SliceRow) => slice.metrics.find((row) => row.metric === primary);
  const worstFirst = [...slices].sort(
    (a, b) => (value(a)?.improvement ?? Infinity) - (value(b)?.improvement ?? Infinity),
  );
  const rows = worstFirst.map((slice) => [
    nameOf(slice),
    String(slice.rows),
    number(value(slice)?.champion),
    number(value(slice)?.challenger),
    slice.sufficient
      ? `${optionalSigned(value(slice)?.improvement)}${intervalText(value(slice)!)}`
      : "too few rows to judge",
    number(slice.pRegression),
    number(slice.pHolm),
  ]);
  const body = table(
    ["slice", "rows", "champion", "challenger", `improvement of ${primary}`, "p (not worse)", "Holm’s p"],
    rows,
  );
  const worst = worstFirst.find((slice) => slice.sufficient && value(slice)?.improvement !== undefined);
  const words =
    worst === undefined
      ? "No slice is large enough to be judged against a champion (100 rows and 10 of each class)."
      : `Worst: ${nameOf(worst)} with ${signed(value(worst)!.improvement!)} of ${primary} on ${worst.rows} rows (Holm’s p of no regression: ${number(worst.pHolm)}).`;
  return `### Slices\n${words}\n\n${details(`${slices.length}, worst first`, body)}`;
}

function nameOf({ column, value }: SliceRow): string {
  return `${cell(column)} = ${cell(value)}`;
}

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
