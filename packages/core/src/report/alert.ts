import type { Finding } from "../data/finding.ts";
import { cell, table } from "./markdown.ts";

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
