import type { Finding } from "../data/finding.ts";
import type { VerdictReason } from "../judge/judge.ts";
import { cell, table } from "./markdown.ts";
import { verdictReasonSentence } from "./sentences.ts";

/** What an alert says when data were refused, as Markdown. */
export function dataAlert(model: string, findings: readonly Finding[]): string {
  const rows = findings.map((finding) => [
    finding.severity,
    finding.code,
    finding.file === null ? "–" : cell(finding.file) + (finding.line === undefined ? "" : `:${finding.line}`),
    cell(finding.message),
    cell(finding.hint),
  ]);
  return [
    `**${model}**: the new data were refused. Nothing was trained; the champion stays as it is.`,
    "",
    table(["severity", "finding", "where", "what", "what to do"], rows),
    "",
    "A suspect that is right after all is accepted by a commit: add it to `checks.accept` in the data manifest, with the reason.",
    "",
  ].join("\n");
}

/** What an alert says when a trained model must not be promoted, as Markdown. */
export function verdictAlert(model: string, because: readonly VerdictReason[]): string {
  return [
    `**${model}**: a new model was trained and must not be promoted. The champion stays as it is.`,
    "",
    ...because.map((reason) => `- ${verdictReasonSentence(reason, cell)}`),
    "",
    `When the cause is gone, or the bar has changed (gates, guardrails, accepted findings), the next run closes this; \`refit run ${model} --force "reason"\` tries the same inputs again.`,
    "",
  ].join("\n");
}
