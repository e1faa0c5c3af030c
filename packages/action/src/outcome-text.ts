import { docsPage } from "@refit/core/errors";
import {
  cell,
  dataAlert,
  heldBackSentence,
  markdownText,
  reasonSentence,
  terminalText,
  verdictReasonSentence,
  visibleText,
} from "@refit/core/report";
import type { ToldRun } from "refit/json";
import { piece, type SummaryPiece } from "./result.ts";

/** One line for the log. */
export function outcomeLine(outcome: ToldRun): string {
  const head = `${outcome.model}: ${outcome.decision}`;
  switch (outcome.decision) {
    case "skipped":
    case "suppressed":
      return `${head}: ${heldBackSentence(outcome.heldBack)}.`;
    case "failed":
      return `${head}: ${visibleText(outcome.error.message, 500)} (${outcome.error.code})`;
    case "blocked": {
      const [finding] = outcome.findings;
      const [reason] = outcome.because;
      if (finding !== undefined) return `${head}: ${visibleText(finding.message, 500)}`;
      return reason === undefined ? `${head}.` : `${head}: ${terminalText(verdictReasonSentence(reason))}.`;
    }
    default:
      return outcome.url === null ? `${head}.` : `${head}: ${outcome.url}`;
  }
}

/** For the job summary: the report where there is one, else why there is none. @param home as for `alertOf`. */
export function outcomePiece(outcome: ToldRun, home: string | null = null): SummaryPiece {
  switch (outcome.decision) {
    case "skipped":
    case "suppressed":
      return piece(
        [
          `**${outcome.model}** · ${outcome.decision}: ${heldBackSentence(outcome.heldBack)}.`,
          ...outcome.reasons.map((reason) => `- ${markdownText(reasonSentence(reason))}`),
        ].join("\n"),
      );
    case "failed":
      return piece(`**${outcome.model}** · ${alertOf(outcome.error, home)}`);
    case "blocked": {
      const { model, findings, alert, report, kept } = outcome;
      const lead = [
        ...(alert === null ? [] : [`Alert: ${alert}`]),
        ...(report === null ? [dataAlert(model, findings)] : []),
      ];
      return { lead: lead.join("\n\n"), report, kept };
    }
    default: {
      const { url, report, kept } = outcome;
      return { lead: url === null ? "" : `Pull request: ${url}`, report, kept };
    }
  }
}

/** A foreseen failure for the job summary. @param home the repository's address, whose pages can be opened from there. */
export function alertOf({ code, message, hint }: Foreseen, home: string | null): string {
  const page = /^[a-z-]+$/.test(code) ? ` · [what this means](${docsPage(`errors/${code}.md`)})` : "";
  return `**refit stopped** · ${cell(code)}${page}\n\n${withLinks(message, home)}\n\nWhat to do: ${withLinks(hint, home)}`;
}

export interface Foreseen {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** Text from anywhere, in which addresses of the repository's own pages, and no others, can be opened. */
function withLinks(text: string, home: string | null): string {
  if (home === null || !text.includes(home)) return cell(text);
  const pages = new RegExp(`(${home.replaceAll(/[^\w]/g, "\\$&")}/[\\w./?=&%#-]*[\\w/])`);
  const parts = text.split(pages).map((part, i) => (i % 2 === 1 ? `<${part}>` : cell(part)));
  return parts.join("").replaceAll(cell(""), "");
}

/** What ended the step before any command did, for the job summary. */
export function stoppedAlert(problem: string, hint: string | null): string {
  const told = `**refit stopped**\n\n${cell(problem)}`;
  return hint === null ? told : `${told}\n\nWhat to do: ${cell(hint)}`;
}
