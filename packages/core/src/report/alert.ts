import type { Finding } from "../data/finding.ts";
import type { VerdictReason } from "../judge/judge.ts";
import { markdownText } from "./markdown-report.ts";
import { cell, table } from "./markdown.ts";
import { counted, firstFew } from "./number-text.ts";
import { acceptedWords, verdictReasonSentence } from "./sentences.ts";

/** More would fill the screen and tell nothing new. */
const mostRows = 50;

/** What an alert says when data were refused, as Markdown. */
export function dataAlert(model: string, findings: readonly Finding[]): string {
  const { few, more } = firstFew(findings, mostRows);
  const rows = few.map((finding) => [
    finding.severity,
    finding.code,
    finding.file === null ? "–" : cell(finding.file) + (finding.line === undefined ? "" : `:${finding.line}`),
    cell(finding.message) + markdownText(acceptedWords(finding)),
    cell(finding.hint),
  ]);
  return [
    `**${model}**: the new data were refused. Nothing was trained; what is live stays as it is.`,
    "",
    table(["severity", "finding", "where", "what", "what to do"], rows),
    ...(more > 0 ? ["", `And ${counted(more, "more finding")}; \`refit run ${model} --json\` lists them all.`] : []),
    "",
    "A suspect that is right after all is accepted by a commit: add it to `checks.accept` in the data manifest, with the reason.",
    "",
  ].join("\n");
}

/** What an alert says when a trained model must not be promoted, as Markdown. */
export function verdictAlert(model: string, because: readonly VerdictReason[]): string {
  const { few, more } = firstFew(because, mostRows);
  return [
    `**${model}**: a new model was trained and must not be promoted. What is live stays as it is.`,
    "",
    ...few.map((reason) => `- ${markdownText(verdictReasonSentence(reason))}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    "",
    `When the cause is gone, or the bar has changed (gates, guardrails, accepted findings), the next run closes this; \`refit run ${model} --force "reason"\` tries the same inputs again.`,
    "",
  ].join("\n");
}
