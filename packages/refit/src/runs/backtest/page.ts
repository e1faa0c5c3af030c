import path from "node:path";
import type { LineSummary } from "@refit/core/backtest";
import { cell, day, formatNumber, lineChart, table } from "@refit/core/report";
import type { Files } from "../../ports/files.ts";
import { encodeText } from "../../text.ts";
import type { BacktestResult, Stretch } from "./result.ts";
import { stretchNotes } from "./stretch-notes.ts";

/** Writes the page of a replay, its chart and its numbers. @returns where the page is. */
export async function writePage(files: Files, folder: string, result: BacktestResult): Promise<string> {
  const place = (name: string) => path.join(folder, "page", name);
  await files.write(place("backtest.json"), encodeText(`${JSON.stringify(result, null, 2)}\n`), { lasting: false });
  await files.write(place("chart.svg"), encodeText(chartOf(result)), { lasting: false });
  await files.write(place("backtest.md"), encodeText(pageText(result)), { lasting: false });
  return place("backtest.md");
}

function pageText(result: BacktestResult): string {
  const { model, primary, steps, planned, everyDays, labelDelayDays, chosenOn, keptBack, changes, chosen } = result;
  const delay = labelDelayDays === 0 ? "" : `, labels known after ${labelDelayDays} days`;
  const parts = [
    `# Backtest of ${model}`,
    `${steps.length} of ${planned} nights, every ${everyDays} days${delay}. ${primary} on rows that came after each night, which nobody had learned from.`,
    `![${primary} over time](chart.svg)`,
    `## ${day(Date.parse(chosenOn.from))} to ${day(Date.parse(chosenOn.until))}: policies were chosen here`,
    tableOf(result, chosenOn),
    ...(keptBack === null
      ? []
      : [
          `## ${day(Date.parse(keptBack.from))} to ${day(Date.parse(keptBack.until))}: check of what was chosen, on nights that the choice did not use`,
          tableOf(result, keptBack),
        ]),
    ...(chosen === null ? [] : ["## Recommended", changes.length === 0 ? "`model.yaml` as it is." : diffOf(changes)]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function tableOf({ primary, chosen }: BacktestResult, stretch: Stretch): string {
  const { lines, bestCadence } = stretch;
  const over = bestCadence === null ? [] : [bestCadence];
  const head = [
    "",
    primary,
    "over never",
    ...over.map(() => "over the best schedule"),
    "retrains",
    "merged",
    "refused",
    "data blocks",
  ];
  const rows = lines.map((line) => [
    line.id === chosen ? `**${cell(line.name)}**` : cell(line.name),
    line.metrics[primary] === undefined ? "–" : formatNumber(line.metrics[primary]),
    ...["never", ...over].map((other) => differenceTo(line, other)),
    String(line.retrains),
    String(line.promotions),
    String(line.refusals),
    String(line.dataBlocks),
  ]);
  return [table(head, rows), ...stretchNotes(primary, stretch, cell)].join("\n\n");
}

function differenceTo({ against }: LineSummary, other: string): string {
  const difference = against[other];
  if (!difference) return "";
  const { mean, low, high } = difference;
  return `${formatNumber(mean)} (${formatNumber(low)} to ${formatNumber(high)})`;
}

function diffOf(changes: BacktestResult["changes"]): string {
  const lined = (mark: string, text: string | null) => (text ?? "").split("\n").map((row) => `${mark}${row}`);
  const rows = changes.flatMap(({ before, after }) => [
    ...(before === null ? [] : lined("-", before)),
    ...lined("+", after),
  ]);
  return ["```diff", ...rows.map((row) => row.replaceAll("```", "'''")), "```"].join("\n");
}

/** What was chosen, today's policy, and what they are held against. */
function chartOf({ primary, steps, chosen, chosenOn }: BacktestResult): string {
  const ids = [...new Set([chosen, "today", "never", chosenOn.bestCadence, "no-change"])];
  const series = ids.flatMap((id) => {
    const line = chosenOn.lines.find((each) => each.id === id);
    if (line === undefined) return [];
    return [{ name: line.name, values: steps.map(({ lines }) => lines[line.id]?.metrics?.[primary] ?? null) }];
  });
  const xLabels = steps.map(({ at }) => at.slice(0, 10));
  return lineChart({ title: `${primary} of what was live, on rows that came next`, xLabels, series }).svg;
}
