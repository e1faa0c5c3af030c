import path from "node:path";
import { cell, day, lineChart, table } from "@refit/core/report";
import type { Files } from "../../ports/files.ts";
import { encodeText } from "../../text.ts";
import { coarseComparison, comparisonOf, type ComparisonTable } from "./comparison.ts";
import type { BacktestResult } from "./result.ts";

/** Writes the page of a replay, its chart and its numbers. @returns where the page is. */
export async function writePage(files: Files, folder: string, result: BacktestResult): Promise<string> {
  const place = (name: string) => path.join(folder, "page", name);
  await files.write(place("backtest.json"), encodeText(`${JSON.stringify(result, null, 2)}\n`), { lasting: false });
  await files.write(place("chart.svg"), encodeText(chartOf(result)), { lasting: false });
  await files.write(place("backtest.md"), encodeText(pageText(result)), { lasting: false });
  return place("backtest.md");
}

function pageText(result: BacktestResult): string {
  const { model, primary, nights, planned, everyDays, labelDelayDays, chosenOn, keptBack, changes, chosen } = result;
  const coarse = coarseComparison(result);
  const delay = labelDelayDays === 0 ? "" : `, labels known after ${labelDelayDays} days`;
  const parts = [
    `# Backtest of ${model}`,
    `${nights.length} of ${planned} nights, every ${everyDays} days${delay}. ${primary} on rows that came after each night, which nobody had learned from.`,
    `![${primary} over time](chart.svg)`,
    `## ${day(Date.parse(chosenOn.from))} to ${day(Date.parse(chosenOn.until))}: policies were chosen here`,
    tableOf(comparisonOf(result, chosenOn, cell)),
    ...(keptBack === null
      ? []
      : [
          `## ${day(Date.parse(keptBack.from))} to ${day(Date.parse(keptBack.until))}: check of what was chosen, on nights that the choice did not use`,
          tableOf(comparisonOf(result, keptBack, cell)),
        ]),
    ...(chosen === null ? [] : ["## Recommended", changes.length === 0 ? "`model.yaml` as it is." : diffOf(changes)]),
    ...(coarse === null ? [] : ["## The search before that", tableOf(coarse)]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function tableOf({ head, rows, notes }: ComparisonTable): string {
  const lines = rows.map(({ name, isChosen, cells }) => [isChosen ? `**${cell(name)}**` : cell(name), ...cells]);
  return [table(head, lines), ...notes].join("\n\n");
}

function diffOf(changes: BacktestResult["changes"]): string {
  const lined = (mark: string, text: string) => text.split("\n").map((row) => `${mark}${row}`);
  const rows = changes.flatMap(({ before, after }) => [
    ...(before === null ? [] : lined("-", before)),
    ...(after === null ? [] : lined("+", after)),
  ]);
  return ["```diff", ...rows.map((row) => row.replaceAll("```", "'''")), "```"].join("\n");
}

/** What was chosen, today's policy, and what they are held against. */
function chartOf({ primary, nights, chosen, chosenOn }: BacktestResult): string {
  const ids = [...new Set([chosen, "today", "never", chosenOn.bestSchedule, "no-change"])];
  const series = ids.flatMap((id) => {
    const line = chosenOn.lines.find((each) => each.id === id);
    if (line === undefined) return [];
    return [{ name: line.name, values: nights.map(({ lines }) => lines[line.id]?.metrics?.[primary] ?? null) }];
  });
  const xLabels = nights.map(({ at }) => at.slice(0, 10));
  return lineChart({ title: `${primary} of what was live, on rows that came next`, xLabels, series }).svg;
}
