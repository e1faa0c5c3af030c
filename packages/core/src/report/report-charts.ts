import type { Comparison, MetricRow, SliceRow } from "../judge/comparison.ts";
import { primaryRow } from "../judge/primary-row.ts";
import type { Verdict } from "../judge/verdict.ts";
import { isHigherBetter } from "./metric-direction.ts";
import type { AnswerFacts, Curves } from "../judge/answer-facts.ts";
import { calibrationChart } from "./charts/calibration-chart.ts";
import type { Chart } from "./charts/chart.ts";
import { curveChart } from "./charts/curve-chart.ts";
import { intervalChart, type IntervalPanel, type IntervalRow } from "./charts/interval-chart.ts";
import { residualChart } from "./charts/residual-chart.ts";
import { lineChart } from "./charts/line-chart.ts";
import type { Block } from "./section.ts";
import { worstFirst } from "./slices-section.ts";
import { visibleText } from "./visible-text.ts";

/** A version as it was measured when it was proposed: shown, never compared against. */
export interface EarlierVersion {
  /** `v3`. */
  readonly label: string;
  /** When it went live first, epoch milliseconds. */
  readonly at: number;
  /** The primary metric, on the holdout of that day; `undefined`: it was not measured then. */
  readonly value: number | undefined;
}

export interface ChartInput {
  readonly comparison: Comparison;
  readonly verdict: Verdict;
  readonly earlier: readonly EarlierVersion[];
}

/** Files beside the report. */
export type ChartFile = "improvement.svg" | "roc.svg" | "pr.svg" | "residuals.svg" | "calibration.svg" | "versions.svg";

/** The few pictures of a report. Each shows numbers that the text has too. */
export function reportCharts(input: ChartInput): ReadonlyMap<ChartFile, Chart> {
  const charts: [ChartFile, Chart | null][] = [
    ["improvement.svg", improvements(input)],
    ["roc.svg", curves(input.comparison, "roc")],
    ["pr.svg", curves(input.comparison, "pr")],
    ["residuals.svg", residuals(input.comparison)],
    ["calibration.svg", calibration(input.comparison)],
    ["versions.svg", versions(input)],
  ];
  return new Map(charts.flatMap(([file, chart]) => (chart === null ? [] : [[file, chart] as const])));
}

/** The place of a chart in a section; nothing where there is none. */
export function chartBlock(charts: ReadonlyMap<ChartFile, Chart>, file: ChartFile): Block[] {
  const chart = charts.get(file);
  return chart === undefined ? [] : [{ kind: "chart", file, words: chart.words }];
}

const mostSlices = 6;

function improvements({ comparison, verdict }: ChartInput): Chart | null {
  const { primary, slices, tests } = comparison;
  const margin = tests.find(({ against, kind }) => against === "champion" && kind === "non-inferiority")?.margin;
  const rowOf = (label: string, row: MetricRow | undefined, slice: { column: string; value: string } | null) => {
    if (row?.improvement === undefined) return [];
    const bound = slice === null && row.metric === primary && margin !== undefined ? -margin : null;
    const { improvement: value, interval } = row;
    return [{ label, value, interval, limit: limitOf(verdict, row, slice), bound } satisfies IntervalRow];
  };
  const shown = worstFirst(slices, primary)
    .filter(({ sufficient }) => sufficient)
    .slice(0, mostSlices);
  const panels = comparison.metrics.map((row): IntervalPanel => {
    const inSlices = (row.metric === primary ? shown : []).flatMap((slice) =>
      rowOf(labelOf(slice), primaryRow({ metrics: slice.metrics, primary }), slice),
    );
    const title = `${row.metric} (${isHigherBetter(row) ? "higher" : "lower"} is better)`;
    return { title, rows: [...rowOf("all rows", row, null), ...inSlices] };
  });
  if (panels.every(({ rows }) => rows.length === 0)) return null;
  return intervalChart("Improvement over the champion: right of its line is better", panels);
}

/** As wide as a label may be; a long name of the column leaves room for the value. */
function labelOf({ column, value }: SliceRow): string {
  const shown = visibleText(value, 14);
  return `${visibleText(column, 28 - shown.length)} = ${shown}`;
}

/** The improvement that the strictest relative gate asks for. */
function limitOf(
  { gates }: Verdict,
  { metric }: MetricRow,
  slice: { readonly column: string; readonly value: string } | null,
): number | null {
  const limits = gates.flatMap(({ gate, slice: where }) => {
    if (gate.metric !== metric || where?.column !== slice?.column || where?.value !== slice?.value) return [];
    if (gate.maxRegression !== undefined) return [-gate.maxRegression];
    return gate.minImprovement === undefined ? [] : [gate.minImprovement];
  });
  return limits.length === 0 ? null : Math.max(...limits);
}

function calibration({ calibration: facts }: Comparison): Chart | null {
  if (facts === null || facts.challenger.length === 0) return null;
  const { champion, challenger } = facts;
  return calibrationChart("Calibration: on the line = well calibrated", [
    ...(champion === null ? [] : [{ name: "champion", bins: champion } as const]),
    { name: "challenger", bins: challenger },
  ]);
}

const curveWords = {
  roc: {
    title: "ROC curve: upper left is better",
    xLabel: "share of negatives marked as positive",
    yLabel: "share of positives found (recall)",
  },
  pr: {
    title: "Precision-recall curve: upper right is better",
    xLabel: "share of positives found (recall)",
    yLabel: "share of marked rows that are positive (precision)",
  },
} as const;

function curves({ answers }: Comparison, kind: keyof Curves): Chart | null {
  const found = answers?.kind === "classes" ? answers.curves : null;
  if (found === null) return null;
  const drawn = [
    ...(found.champion === null ? [] : [{ name: "champion", points: found.champion[kind] } as const]),
    { name: "challenger", points: found.challenger[kind] } as const,
  ];
  const words = [drawn.map((curve) => curveSentence(curve)).join(" ")];
  return curveChart({ ...curveWords[kind], curves: drawn, dots: false, diagonal: kind === "roc", words });
}

const mostPoints = 8;

/** Some of the points: all of them would be read by nobody. */
function curveSentence({ name, points }: { readonly name: string; readonly points: Curves["roc"] }): string {
  const every = Math.max(1, Math.ceil(points.length / mostPoints));
  const told = points.filter((_, i) => i % every === 0 || i === points.length - 1);
  return `${name}: ${told.map(([x, y]) => `${x.toFixed(2)} → ${y.toFixed(2)}`).join("; ")}.`;
}

function residuals({ answers }: Comparison): Chart | null {
  if (answers?.kind !== "numbers") return null;
  const { champion, challenger }: Extract<AnswerFacts, { kind: "numbers" }> = answers;
  return residualChart("Residuals: the dots should lie on the line, the whiskers be short", [
    ...(champion === null ? [] : [{ name: "champion", bins: champion } as const]),
    { name: "challenger", bins: challenger },
  ]);
}

function versions({ comparison, earlier }: ChartInput): Chart | null {
  if (earlier.length === 0) return null;
  const now = primaryRow(comparison)?.challenger;
  return lineChart({
    title: `${comparison.primary} at the time, each on its own holdout`,
    xLabels: [...earlier.map(({ label }) => label), "new"],
    series: [{ name: comparison.primary, values: [...earlier.map(({ value }) => value ?? null), now ?? null] }],
  });
}
