import type { ComparedLine, LineSummary } from "@refit/core/backtest";
import { formatNumber } from "@refit/core/report";
import type { BacktestResult, Stretch } from "./result.ts";

/** A table for people, and sentences about what it does not show. */
export interface ComparisonTable {
  readonly head: readonly string[];
  /** A line each, by its name; the cells after it are harmless anywhere. */
  readonly rows: readonly { readonly name: string; readonly isChosen: boolean; readonly cells: readonly string[] }[];
  readonly notes: readonly string[];
}

/** @param quote makes the name of a policy harmless where the sentences go. */
export function comparisonOf(
  { primary, chosen }: Pick<BacktestResult, "primary" | "chosen">,
  stretch: Stretch,
  quote: (name: string) => string,
): ComparisonTable {
  const { lines, bestSchedule } = stretch;
  const best = lines.find(({ id }) => id === bestSchedule);
  const rivals = [{ id: "never", name: "never" }, ...(best === undefined ? [] : [best])];
  return {
    head: [
      "",
      primary,
      ...rivals.map(({ name }) => `over ${name} (95 %)`),
      "retrains",
      "merged",
      "refused",
      "data blocks",
    ],
    rows: lines.map((line) => ({
      name: line.name,
      isChosen: line.id === chosen,
      cells: [valueOf(line, primary), ...rivals.map(({ id }) => differenceTo(line, id)), ...countsOf(line)],
    })),
    notes: notesOf(primary, stretch, quote),
  };
}

/** The coarse pass of a search. */
export function coarseComparison({
  primary,
  search,
}: Pick<BacktestResult, "primary" | "search">): ComparisonTable | null {
  if (search === null) return null;
  const { lines, planned, nights, everyDays, best } = search;
  const how = `${nights} of ${planned} nights, every ${everyDays} days, with a retrain on each`;
  return {
    head: ["", primary, "retrains", "merged", "refused", "data blocks"],
    rows: lines.map((line) => ({
      name: line.name,
      isChosen: false,
      cells: [valueOf(line, primary), ...countsOf(line)],
    })),
    notes: [best === null ? `${how}.` : `${how}. Went on to all nights: ${best}, and what is close to it.`],
  };
}

function valueOf({ metrics }: LineSummary, primary: BacktestResult["primary"]): string {
  return metrics[primary] === undefined ? "–" : formatNumber(metrics[primary]);
}

function countsOf({ retrains, promotions, refusals, dataBlocks }: LineSummary): string[] {
  return [retrains, promotions, refusals, dataBlocks].map(String);
}

function differenceTo({ against }: ComparedLine, other: string): string {
  const difference = against[other];
  if (!difference) return "";
  const { mean, low, high } = difference;
  return `${formatNumber(mean)} (${formatNumber(low)} to ${formatNumber(high)})`;
}

/** Nights that are not measured, and nights that ended with an error. */
function notesOf(
  primary: BacktestResult["primary"],
  { lines, measured, nights }: Stretch,
  quote: (name: string) => string,
): readonly string[] {
  const unmeasured = `${primary} is measured on ${measured} of ${nights} nights, those on which every row of the table had a model.`;
  const failed = lines.filter(({ failures }) => failures > 0);
  return [
    ...(measured === nights ? [] : [unmeasured]),
    ...failed.map(
      ({ name, failures }) =>
        `${quote(name)}: ${failures} of ${nights} nights ended with an error, which backtest.json names.`,
    ),
  ];
}
