import type { Comparison } from "../judge/comparison.ts";
import type { Chart } from "./charts/chart.ts";
import { table } from "./markdown.ts";
import { details, number } from "./number-text.ts";
import { imageOf, type ChartFile } from "./report-charts.ts";

/** What the probabilities of a binary model are worth. */
export function calibrationSection({ calibration }: Comparison, charts: ReadonlyMap<ChartFile, Chart>): string {
  if (calibration === null || calibration.challenger.length === 0) return "";
  const { champion, challenger } = calibration;
  const rows = challenger.map((bin, i) => [
    String(bin.rows),
    ...(champion === null ? [] : [number(champion[i]?.predicted), number(champion[i]?.observed)]),
    ...[number(bin.predicted), number(bin.observed)],
  ]);
  const headings = [
    "rows",
    ...(champion === null ? [] : ["champion predicts", "of these positive"]),
    ...["challenger predicts", "of these positive"],
  ];
  const body = [table(headings, rows), ...imageOf(charts, "calibration.svg")].join("\n");
  return `### Calibration\n${details("Predicted and observed, by tenths of the rows, lowest predictions first", body)}`;
}
