import type { Comparison, MetricRow } from "../judge/comparison.ts";
import { formatNumber } from "./format-number.ts";
import { cell } from "./markdown.ts";
import { firstFew, signed } from "./number-text.ts";
import type { ReportInput } from "./report-input.ts";
import { reasonSentence, verdictReasonSentence } from "./sentences.ts";

const verdictWords = {
  promote: "✅ **promote**: every gate passed",
  inconclusive: "⚪ **inconclusive**: every gate passed, but the evidence is too weak to decide; a person may",
  hold: "❌ **hold**: a gate failed",
  block: "⛔ **block**: this must not be promoted",
} as const;

/** What a promotion rests on besides the gates. */
const proofWords = {
  "first-model": ", and there is no champion to be held against",
  "contract-change": ", and the champion cannot be held against it",
  refresh: ", and it is shown not to be worse by more than the margin",
  change: ", and it is shown to be better",
} as const;

/** So that the lines fit on a screen and into a mail's preview; the rest stands in the tables. */
const mostReasons = 3;
const mostObjections = 10;

/** Verdict, number, reason, each a line, and what speaks against it. */
export function headline(input: Pick<ReportInput, "model" | "reasons" | "comparison" | "verdict">): string {
  const { verdict, comparison, model } = input;
  const primary = comparison.metrics.find((row) => row.metric === comparison.primary);
  const { few, more } = firstFew(verdict.because, mostObjections);
  // Two blanks: the lines stay lines in a file too, not only in a comment.
  const lines = [
    `**${model}** ${verdictWords[verdict.kind]}${verdict.kind === "promote" ? proofWords[comparison.kind] : ""}.`,
    `${primarySentence(primary, comparison)}.`,
    `${comparison.kind === "first-model" ? "Trained" : "Retrained"} because ${reasonWords(input.reasons)}.`,
  ].join("  \n");
  return [
    lines,
    ...few.map((reason) => `- ${verdictReasonSentence(reason, cell)}`),
    ...(more > 0 ? [`- and ${more} more, in the tables below`] : []),
  ].join("\n");
}

function reasonWords(reasons: ReportInput["reasons"]): string {
  const { few, more } = firstFew(reasons, mostReasons);
  const words = few.map((reason) => reasonSentence(reason, cell));
  return [...words, ...(more > 0 ? [`${more} more`] : [])].join("; ") || "it was asked for";
}

function primarySentence(row: MetricRow | undefined, { holdout, primary }: Comparison): string {
  const where = `on ${holdout.rows} unseen rows${holdout.from === null ? "" : ` from ${holdout.from.slice(0, 10)} to ${holdout.to?.slice(0, 10)}`}`;
  if (row?.challenger === undefined) return `${primary} is not defined ${where}`;
  if (row.champion === undefined || row.improvement === undefined) {
    return `${primary} ${formatNumber(row.challenger)} ${where}`;
  }
  return `${primary} ${formatNumber(row.champion)} → ${formatNumber(row.challenger)}, ${changeWords(row.improvement, row.interval)}, ${where}`;
}

function changeWords(improvement: number, interval: MetricRow["interval"]): string {
  const size = formatNumber(Math.abs(improvement));
  const change = improvement === 0 ? "no difference" : `${improvement > 0 ? "better" : "worse"} by ${size}`;
  const between =
    interval === null ? "" : ` (90 % interval of the improvement: ${signed(interval[0])} to ${signed(interval[1])})`;
  return `${change}${between}`;
}
