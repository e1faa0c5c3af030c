import type { Comparison } from "../judge/comparison.ts";
import type { Chart } from "./charts/chart.ts";
import { number } from "./number-text.ts";
import { chartBlock, type ChartFile } from "./report-charts.ts";
import { tableOf, type Section } from "./section.ts";
import { say } from "./text.ts";

/** What the probabilities of a binary model are worth. */
export function calibrationSection({ calibration }: Comparison, charts: ReadonlyMap<ChartFile, Chart>): Section | null {
  if (calibration === null || calibration.challenger.length === 0) return null;
  const { champion, challenger } = calibration;
  const rows = challenger.map((bin, i) => [
    String(bin.rows),
    ...(champion === null ? [] : [number(champion[i]?.predicted), number(champion[i]?.observed)]),
    number(bin.predicted),
    number(bin.observed),
  ]);
  const head = [
    "rows",
    ...(champion === null ? [] : ["champion predicts", "of these positive"]),
    "challenger predicts",
    "of these positive",
  ];
  const summary = say`Predicted and observed, by tenths of the rows, lowest predictions first`;
  const blocks = [tableOf(head, rows), ...chartBlock(charts, "calibration.svg")];
  return { id: "calibration", title: "Calibration", body: [{ kind: "details", summary, blocks }], keep: 30 };
}
