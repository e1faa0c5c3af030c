import type { Told } from "../answers/told.ts";
import type { Finding } from "../data/finding.ts";
import type { HeldBack } from "../decide/reason.ts";
import type { FailedModel } from "../errors/failed-model.ts";
import type { VerdictReason } from "../judge/verdict.ts";
import { cell, table } from "./markdown.ts";
import { markdownText } from "./markdown-report.ts";
import { counted } from "./number-text.ts";
import type { Report } from "./section.ts";
import { heldBackSentence, verdictReasonSentence } from "./sentences.ts";
import { terminalTable } from "./terminal-table.ts";
import { terminalText } from "./terminal-text.ts";
import { sentenceOf, say, type Text } from "./text.ts";

/** How the run of one model ended, as far as one line can say it. */
export type EndedRun = { readonly model: string } & (
  | {
      readonly decision: "skipped" | "suppressed";
      readonly heldBack: HeldBack | Told<HeldBack>;
      readonly url: string | null;
    }
  | { readonly decision: "failed"; readonly error: FailedModel }
  | {
      readonly decision: "blocked";
      readonly findings: readonly (Finding | Told<Finding>)[];
      readonly because: readonly VerdictReason[];
      readonly alert: string | null;
    }
  | {
      readonly decision: "proposed" | "updated" | "inconclusive" | "rejected";
      readonly because: readonly VerdictReason[];
      readonly report: Report;
      readonly url: string | null;
    }
);

const indent = "  ";

/** First what a person has something to do with. */
const decisions = ["proposed", "updated", "inconclusive", "rejected", "blocked", "failed", "suppressed", "skipped"];
/** Above the table each model has all its words: where the terminal is narrow, they are cut here, and first of all where it is. */
const heads = [{ title: "model" }, { title: "decision" }, { title: "why" }, { title: "where", spare: 1 }];

/**
 * One line for all, and one for each model: for a terminal. Nothing for a single model, of which all has been said.
 *
 * @param width columns of the terminal; `null`: as wide as it gets.
 */
export function runTable(ended: readonly EndedRun[], width: number | null = null): string[] {
  if (ended.length < 2) return [];
  const rows = ended.map((one) => [one.model, one.decision, terminalText(whyEnded(one)), whereOf(one)]);
  const { lines } = terminalTable(heads, rows, width && width - indent.length);
  return ["", `${endsCounted(ended)}.`, ...lines.map((line) => indent + line)];
}

/** The same as Markdown. */
export function markdownRunTable(ended: readonly EndedRun[]): string {
  const rows = ended.map((one) => [cell(one.model), one.decision, markdownText(whyEnded(one)), whereOf(one)]);
  return `**${endsCounted(ended)}**\n\n${table(["model", "decision", "why", "where"], rows)}`;
}

/** Such as `6 models: 4 proposed, 1 blocked, 1 skipped`. */
function endsCounted(ended: readonly EndedRun[]): string {
  const parts = decisions.flatMap((word) => {
    const count = ended.filter(({ decision }) => decision === word).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return `${counted(ended.length, "model")}: ${parts.join(", ")}`;
}

function whereOf(ended: EndedRun): string {
  if (ended.decision === "failed") return "";
  return (ended.decision === "blocked" ? ended.alert : ended.url) ?? "";
}

function whyEnded(ended: EndedRun): Text {
  switch (ended.decision) {
    case "skipped":
    case "suppressed":
      return [heldBackSentence(ended.heldBack)];
    case "failed":
      return say`${ended.error.code}: ${sentenceOf(ended.error.message)}`;
    case "blocked": {
      const finding = ended.findings.find(({ severity }) => severity !== "warning");
      return finding === undefined ? (firstOf(ended) ?? []) : say`${finding.code}: ${sentenceOf(finding.message)}`;
    }
    case "inconclusive":
    case "rejected":
      return firstOf(ended) ?? numberOf(ended);
    default:
      return numberOf(ended);
  }
}

function firstOf({ because: [first] }: { readonly because: readonly VerdictReason[] }): Text | null {
  return first === undefined ? null : verdictReasonSentence(first);
}

const numberOf = ({ report }: { readonly report: Report }): Text => report.headline.number ?? [];
