import type { Finding } from "../data/finding.ts";
import type { HeldBack } from "../decide/reason.ts";
import type { FailedModel } from "../errors/failed-model.ts";
import type { VerdictReason } from "../judge/verdict.ts";
import { prose, table } from "./markdown.ts";
import { counted } from "./number-text.ts";
import type { Report } from "./section.ts";
import { heldBackSentence, verdictReasonSentence } from "./sentences.ts";
import { columns, terminalText } from "./terminal-text.ts";
import { visibleText } from "./visible-text.ts";

/** How the run of one model ended, as far as one line can say it. */
export type EndedRun = { readonly model: string } & (
  | { readonly decision: "skipped" | "suppressed"; readonly heldBack: HeldBack; readonly url: string | null }
  | { readonly decision: "failed"; readonly error: FailedModel }
  | {
      readonly decision: "blocked";
      readonly findings: readonly Finding[];
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

/** First what a person has something to do with. */
const decisions = ["proposed", "updated", "inconclusive", "rejected", "blocked", "failed", "suppressed", "skipped"];
/** Longer reasons are read in the report. */
const longestWhy = 120;

/** One line for all, and one for each model: for a terminal. Nothing for a single model, of which all has been said. */
export function runTable(ended: readonly EndedRun[]): string[] {
  if (ended.length < 2) return [];
  return ["", `${endsCounted(ended)}.`, ...columns(ended.map(rowOf)).map((line) => `  ${line}`)];
}

/** The same as Markdown. */
export function markdownRunTable(ended: readonly EndedRun[]): string {
  const rows = ended.map((one) => {
    const [model, decision, why, where] = rowOf(one);
    return [prose(model).join(" "), decision, prose(why).join(" "), where];
  });
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

function rowOf(ended: EndedRun): [model: string, decision: string, why: string, where: string] {
  const where = ended.decision === "failed" ? null : ended.decision === "blocked" ? ended.alert : ended.url;
  return [ended.model, ended.decision, visibleText(whyEnded(ended), longestWhy), where ?? ""];
}

function whyEnded(ended: EndedRun): string {
  switch (ended.decision) {
    case "skipped":
    case "suppressed":
      return heldBackSentence(ended.heldBack);
    case "failed":
      return `${ended.error.code}: ${ended.error.message}`;
    case "blocked": {
      const finding = ended.findings.find(({ severity }) => severity !== "warning");
      return finding === undefined ? firstOf(ended.because) : `${finding.code}: ${finding.message}`;
    }
    case "inconclusive":
    case "rejected":
      return firstOf(ended.because) || numberOf(ended.report);
    default:
      return numberOf(ended.report);
  }
}

const firstOf = ([first]: readonly VerdictReason[]) =>
  first === undefined ? "" : terminalText(verdictReasonSentence(first));

const numberOf = ({ headline: { number } }: Report) => (number === null ? "" : terminalText(number));
