import type { Comparison, MetricRow, TestResult } from "../judge/comparison.ts";
import type { GateRow, Verdict } from "../judge/verdict.ts";
import type { Gate, MetricName } from "../spec/model-spec.ts";
import type { Chart } from "./charts/chart.ts";
import { formatNumber } from "./format-number.ts";
import { isHigherBetter } from "./metric-direction.ts";
import { counted, intervalText, number, optionalSigned, signed } from "./number-text.ts";
import { chartBlock, type ChartFile } from "./report-charts.ts";
import { paragraph, tableOf, type Details, type Section } from "./section.ts";
import { gateSentence, guardSentence, testSentence, testWords } from "./sentences.ts";
import { data, joinTexts, lineBreak, say, type Text } from "./text.ts";

/** What kind of comparison it was, in words. */
const comparisonWords = {
  "first-model": "First model: there is no champion, so only absolute gates apply",
  refresh: "Refresh: newer data, same settings",
  change: "Change: the settings differ from the champion's",
  "contract-change":
    "Contract change: the champion predicts something else (target, classes or inputs changed), or has no prediction for these rows, so this is judged as a first model",
} as const;

function kindSentence({ kind, learnerChange }: Comparison): Text {
  if (kind !== "refresh" || learnerChange.length === 0) return say`${comparisonWords[kind]}.`;
  return say`Refresh: newer data, same candidates, but another of them was chosen than the champion’s.`;
}

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
): Section {
  const isFirst = championLabel === null;
  const cellsOf = isFirst ? (row: MetricRow) => [number(row.challenger)] : valueCells;
  const rows = comparison.metrics.map((row) => [
    `${row.metric} ${isHigherBetter(row) ? "↑" : "↓"}`,
    ...cellsOf(row),
    gateCell(verdict, row.metric),
  ]);
  const { dummy, withoutDuplicates } = comparison;
  const duplicates =
    withoutDuplicates === null
      ? []
      : [[nameWithoutDuplicates(withoutDuplicates), ...cellsOf(withoutDuplicates.metric), ""]];
  const compared = [`champion ${championLabel}`, "challenger", "improvement (90 % interval)"];
  const head = ["metric", ...(isFirst ? ["challenger"] : compared), "gate"];
  const title = isFirst ? "The challenger on the holdout" : "Champion and challenger on the same rows";
  const body = [
    paragraph(kindSentence(comparison)),
    tableOf(head, [...rows, ...duplicates]),
    ...chartBlock(charts, "improvement.svg"),
    paragraph(
      say`The dummy, which gives every row the same prediction, has ${dummy.metric} ${number(dummy.dummy)}. The challenger has ${number(dummy.challenger)}, an improvement of ${optionalSigned(dummy.improvement)}${intervalText(dummy)}.`,
    ),
  ];
  return { id: "comparison", title, body, keep: 80 };
}

function valueCells(row: MetricRow): string[] {
  return [
    number(row.champion),
    number(row.challenger),
    row.improvement === undefined ? "–" : `${signed(row.improvement)}${intervalText(row)}`,
  ];
}

const nameWithoutDuplicates = ({ rows, metric }: NonNullable<Comparison["withoutDuplicates"]>) =>
  `${metric.metric} without duplicates of training rows (${rows} rows)`;

/** What the gates on all rows say of the metric. */
function gateCell({ gates }: Verdict, metric: MetricName): Text {
  const own = gates.filter((row) => row.gate.slice === undefined && row.gate.metric === metric);
  if (own.length === 0) return say`none`;
  return joinTexts(
    own.map((row) => say`${marks[row.result]} (${gateWords(row.gate)})`),
    lineBreak,
  );
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
}): Section {
  const gateRows = (some: readonly GateRow[]) => some.map((row) => [gateSentence(row), marks[row.result]]);
  const inSlices = verdict.gates.filter(({ slice }) => slice !== null);
  const notPassed = inSlices.filter(({ result }) => result !== "passed");
  const shown = notPassed.slice(0, mostSlices);
  const folded = inSlices.filter((row) => !shown.includes(row));
  const rows = [
    ...gateRows(verdict.gates.filter(({ slice }) => slice === null)),
    ...gateRows(shown),
    ...verdict.guards.map((row) => [guardSentence(row), marks[row.result]]),
    ...comparison.tests.map((test) => [testWords(test), testMark(test)]),
  ];
  const hidden = notPassed.length - shown.length;
  const foldedWords = `${counted(folded.length, "more gate")} on slices, ${hidden === 0 ? "all passed" : `${hidden} not passed`}`;
  const more: Details = {
    kind: "details",
    summary: [foldedWords],
    blocks: [tableOf(["gate", "result"], gateRows(folded))],
  };
  const body = [
    tableOf(["gate or test", "result"], rows),
    ...(folded.length > 0 ? [more] : []),
    ...testDetails(comparison.tests, look, alpha),
  ];
  return { id: "gates", title: "Gates and tests", body, keep: 90 };
}

/** A guard against harm fails where harm was seen, and where it could not have been; what shall be shown is shown or not. */
function testMark({ passed, kind, p, alpha }: TestResult): string {
  if (passed) return marks.passed;
  if (kind !== "harm") return "⚪ not\u00A0shown";
  return p !== null && p <= alpha ? marks.failed : marks.insufficient;
}

/** What only those need who want to follow the statistics. */
function testDetails(tests: readonly TestResult[], look: number, alpha: number): Details[] {
  if (tests.length === 0) return [];
  const items = [
    ...tests.map(testSentence),
    say`p is the probability of a result at least this clear if there were in truth no difference, or one as large as the margin.`,
    say`This is comparison ${look} on these rows (look ${look}). With each one a lucky result gets more likely, so a claim of “better” needs p ≤ ${formatNumber(alpha)} (alpha).`,
  ];
  return [{ kind: "details", summary: say`The tests in numbers`, blocks: [{ kind: "list", items }] }];
}

/** Gates on slices that are always in sight: only such as did not pass. */
const mostSlices = 10;

/** How the groups of `fairness` fare with both models. */
export function fairnessSection({ fairness }: Comparison): Section | null {
  if (fairness.length === 0) return null;
  const tables = fairness.map(({ column, groups }) => {
    const rows = groups.map(({ value, rows: count, sufficient, champion, challenger }) => [
      say`${data(value)}${sufficient ? "" : " (too small)"}`,
      String(count),
      ...(["selectionRate", "truePositiveRate", "falsePositiveRate"] as const).map(
        (rate) => `${number(champion?.[rate])} → ${number(challenger[rate])}`,
      ),
    ]);
    return tableOf([[data(column)], "rows", "selection rate", "true positive rate", "false positive rate"], rows);
  });
  const summary = say`Champion → challenger by group`;
  return { id: "fairness", title: "Fairness", body: [{ kind: "details", summary, blocks: tables }], keep: 50 };
}
