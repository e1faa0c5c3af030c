import type { AnswerFacts, ResidualBin } from "../judge/answer-facts.ts";
import type { Comparison } from "../judge/comparison.ts";
import type { Chart } from "./charts/chart.ts";
import { formatNumber } from "./format-number.ts";
import { signed } from "./number-text.ts";
import { chartBlock, type ChartFile } from "./report-charts.ts";
import { paragraph, tableOf, type Block, type Details, type Section } from "./section.ts";
import { data, say, type Text } from "./text.ts";

type ClassFacts = Extract<AnswerFacts, { kind: "classes" }>;
type ClassCounts = readonly (readonly number[])[];

/** Where the models are right and where they are wrong, row by row and class by class. */
export function answersSection(
  { answers }: Pick<Comparison, "answers">,
  charts: ReadonlyMap<ChartFile, Chart>,
): Section | null {
  if (!answers) return null;
  const body = answers.kind === "classes" ? classBlocks(answers, charts) : numberBlocks(answers, charts);
  return { id: "answers", title: "Right and wrong answers", body, keep: 45 };
}

function classBlocks(facts: ClassFacts, charts: ReadonlyMap<ChartFile, Chart>): (Block | Details)[] {
  const { classes, champion, challenger, curves } = facts;
  const both = champion === null ? "" : " (in brackets: the champion)";
  const matrix = tableOf(
    ["true class", ...classes.map((name) => say`predicted ${data(name)}`)],
    challenger.map((row, actual) => [
      say`${data(classes[actual]!)}`,
      ...row.map((rows, predicted) => withOther(String(rows), champion && String(champion[actual]![predicted]!))),
    ]),
  );
  return [
    paragraph([rightSentence(facts)]),
    { kind: "details", summary: say`Confusion matrix: rows by true and predicted class${both}`, blocks: [matrix] },
    {
      kind: "details",
      summary: say`Precision, recall and F1 of each class${both}`,
      blocks: [classTable(facts)],
    },
    ...(curves === null
      ? []
      : [
          {
            kind: "details" as const,
            summary: say`ROC and precision-recall curves`,
            blocks: [...chartBlock(charts, "roc.svg"), ...chartBlock(charts, "pr.svg")],
          },
        ]),
  ];
}

function rightSentence({ champion, challenger }: ClassFacts): string {
  const ofChampion = champion === null ? "" : `, the champion of ${sharesOf(champion)}`;
  return `The challenger predicts the right class of ${sharesOf(challenger)}${ofChampion}.`;
}

function sharesOf(counts: ClassCounts): string {
  const all = sum(counts.flat());
  const right = sum(counts.map((row, i) => row[i]!));
  return `${right} of ${all} rows (${percentage(right, all)})`;
}

function classTable({ classes, champion, challenger }: ClassFacts): Block {
  const rows = classes.map((name, i) => {
    const [now, then] = [qualityOf(challenger, i), champion && qualityOf(champion, i)];
    const cell = (key: "precision" | "recall" | "f1") => withOther(ratio(now[key]), then && ratio(then[key]));
    return [say`${data(name)}`, String(now.rows), cell("precision"), cell("recall"), cell("f1")];
  });
  return tableOf(["class", "rows", "precision", "recall", "F1"], rows);
}

function qualityOf(counts: ClassCounts, i: number) {
  const right = counts[i]![i]!;
  const rows = sum(counts[i]!);
  const predicted = sum(counts.map((row) => row[i]!));
  return {
    rows,
    precision: predicted === 0 ? null : right / predicted,
    recall: rows === 0 ? null : right / rows,
    f1: rows + predicted === 0 ? null : (2 * right) / (rows + predicted),
  };
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const ratio = (value: number | null) => (value === null ? "–" : formatNumber(value));
const withOther = (value: string, other: string | null): Text => [other === null ? value : `${value} (${other})`];
const percentage = (part: number, all: number) => (all === 0 ? "–" : `${((100 * part) / all).toFixed(1)} %`);

function numberBlocks(
  { champion, challenger }: Extract<AnswerFacts, { kind: "numbers" }>,
  charts: ReadonlyMap<ChartFile, Chart>,
): (Block | Details)[] {
  const rows = challenger.map((bin) => [
    String(bin.rows),
    formatNumber(bin.predicted),
    signed(bin.median),
    `${signed(bin.low)} to ${signed(bin.high)}`,
  ]);
  const table = tableOf(["rows", "mean prediction", "median residual", "80 % of the residuals"], rows);
  return [
    paragraph([
      `Residuals are true values minus predicted ones. ${spreadOf("The challenger's", challenger)}${champion === null ? "" : ` ${spreadOf("The champion's", champion)}`}`,
    ]),
    {
      kind: "details",
      summary: say`The challenger's residuals, by tenths of the rows, lowest predictions first`,
      blocks: [table, ...chartBlock(charts, "residuals.svg")],
    },
  ];
}

/** The tenth of the predictions that is farthest off. */
function spreadOf(whose: string, bins: readonly ResidualBin[]): string {
  const farthest = bins.reduce((most, bin) => (Math.abs(bin.median) > Math.abs(most.median) ? bin : most));
  const way = farthest.median < 0 ? "too high" : "too low";
  return `${whose} predictions are farthest off where they are about ${formatNumber(farthest.predicted)}: ${way}, with a median residual of ${signed(farthest.median)}.`;
}
