import {
  cell,
  dataAlert,
  heldBackSentence,
  reasonSentence,
  verdictReasonSentence,
  visibleText,
} from "@refit/core/report";
import type { Outcome } from "refit/json";
import { piece, type Piece } from "./result.ts";

/** One line for the log. */
export function outcomeLine(outcome: Outcome): string {
  const head = `${outcome.model}: ${outcome.decision}`;
  const quote = (value: string) => `"${visibleText(value, 120)}"`;
  switch (outcome.decision) {
    case "skipped":
    case "suppressed":
      return `${head}: ${heldBackSentence(outcome.heldBack)}.`;
    case "blocked": {
      const [finding] = outcome.findings;
      const [reason] = outcome.because;
      if (finding !== undefined) return `${head}: ${visibleText(finding.message, 500)}`;
      return reason === undefined ? `${head}.` : `${head}: ${verdictReasonSentence(reason, quote)}.`;
    }
    default:
      return outcome.url === null ? `${head}.` : `${head}: ${outcome.url}`;
  }
}

/** For the job summary: the report where there is one, else why there is none. */
export function outcomePiece(outcome: Outcome): Piece {
  switch (outcome.decision) {
    case "skipped":
    case "suppressed":
      return piece(
        [
          `**${outcome.model}** · ${outcome.decision}: ${heldBackSentence(outcome.heldBack)}.`,
          ...outcome.reasons.map((reason) => `- ${reasonSentence(reason, cell)}`),
        ].join("\n"),
      );
    case "blocked": {
      const { model, findings, alert, report, kept } = outcome;
      const markdown = report ?? dataAlert(model, findings);
      return { markdown: alert === null ? markdown : `Alert: ${alert}\n\n${markdown}`, kept };
    }
    default: {
      const { url, report, kept } = outcome;
      return { markdown: url === null ? report : `Pull request: ${url}\n\n${report}`, kept };
    }
  }
}

/** A foreseen failure for the job summary. */
export function alertOf(code: string, message: string, hint: string): string {
  return `**refit stopped** · ${cell(code)}\n\n${cell(message)}\n\nWhat to do: ${cell(hint)}`;
}
