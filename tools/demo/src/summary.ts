import { lineChart } from "@refit/core/report";
import type { YearRow } from "./score-years.ts";

export function tableOf(rows: readonly YearRow[]): string[] {
  const line = (cells: readonly string[]) => cells.map((cell, i) => cell.padStart([4, 6, 8, 13, 10, 12][i]!)).join("");
  return [
    line(["year", "rows", "version", "trained once", "champion", "difference"]),
    ...rows.map(({ year, rows: count, version, stale, champion }) =>
      line([
        String(year),
        String(count),
        `v${version}`,
        stale.toFixed(3),
        champion.toFixed(3),
        `${champion >= stale ? "+" : "−"}${Math.abs(champion - stale).toFixed(3)}`,
      ]),
    ),
  ];
}

export function chartOf(rows: readonly YearRow[]): string {
  return lineChart({
    title: "ROC AUC by year, on reports that the model had not seen",
    xLabels: rows.map(({ year }) => String(year)),
    series: [
      { name: "refit's champion", values: rows.map(({ champion }) => champion) },
      { name: "trained once in 1993", values: rows.map(({ stale }) => stale) },
    ],
  }).svg;
}
