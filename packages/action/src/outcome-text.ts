import {
  cell,
  dataAlert,
  heldBackSentence,
  reasonSentence,
  verdictAlert,
  verdictReasonSentence,
  visibleText,
} from "@refit/core";
import type { Outcome } from "refit/json";

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
export function outcomeMarkdown(outcome: Outcome): string {
  switch (outcome.decision) {
    case "skipped":
    case "suppressed":
      return [
        `**${outcome.model}** · ${outcome.decision}: ${heldBackSentence(outcome.heldBack)}.`,
        ...outcome.reasons.map((reason) => `- ${reasonSentence(reason, cell)}`),
      ].join("\n");
    case "blocked": {
      const { model, findings, because, alert } = outcome;
      const text = findings.length > 0 ? dataAlert(model, findings) : verdictAlert(model, because);
      return alert === null ? text : `${text}\nAlert: ${alert}\n`;
    }
    default:
      return outcome.url === null ? outcome.report : `Pull request: ${outcome.url}\n\n${outcome.report}`;
  }
}

/** A foreseen failure for the job summary. */
export function alertOf(code: string, message: string, hint: string): string {
  return `**refit stopped** · ${cell(code)}\n\n${cell(message)}\n\nWhat to do: ${cell(hint)}`;
}
