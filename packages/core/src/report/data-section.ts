import type { ClassifierDrift } from "../data/classifier-drift.ts";
import { driftVerdict } from "../data/drift-verdict.ts";
import type { Finding } from "../data/finding.ts";
import type { ColumnDrift } from "../data/measure-drift.ts";
import { classifierSentence, driftCells, driftHeadings, driftVerdictSentence } from "./drift-cells.ts";
import { cell, table } from "./markdown.ts";
import { counted, details } from "./number-text.ts";
import { acceptedWords } from "./sentences.ts";

export interface DataFacts {
  readonly rows: number;
  readonly files: number;
  /** Files that the champion was not built from. */
  readonly newFiles: readonly { readonly path: string; readonly rows: number }[];
  readonly findings: readonly Finding[];
  readonly drift: readonly ColumnDrift[];
  readonly classifier: ClassifierDrift | null;
}

const mostFiles = 5;
/** What needs a look first. */
const order = ["drift", "error", "ok", "insufficient"];

/** How many rows, which of them are new, what the checks found, and what has drifted. */
export function dataSection(data: DataFacts): string {
  const lines = ["### Data", sizeSentence(data)];
  const findings = data.findings.map((finding) => [
    finding.severity,
    finding.code,
    cell(finding.message) + acceptedWords(finding, cell),
  ]);
  lines.push("", findings.length > 0 ? table(["severity", "finding", "what"], findings) : "The checks found nothing.");
  if (data.drift.length > 0) {
    const sorted = data.drift.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
    const rows = sorted.map((column) => [cell(column.column), ...driftCells(column)]);
    const { classifier } = data;
    lines.push("", driftVerdictSentence(driftVerdict(data.drift, classifier)));
    if (classifier !== null) lines.push("", classifierSentence(classifier, cell));
    lines.push("", details("Drift against the champion's data, by column", table(["column", ...driftHeadings], rows)));
  }
  return lines.join("\n");
}

function sizeSentence({ rows, files, newFiles }: DataFacts): string {
  const all = `${counted(rows, "row")} in ${counted(files, "file")}`;
  if (newFiles.length === 0) return `${all}; none of them is new to the champion.`;
  const newRows = newFiles.reduce((sum, file) => sum + file.rows, 0);
  const named = newFiles.slice(0, mostFiles).map((file) => `${cell(file.path)} (${file.rows})`);
  const more = newFiles.length > mostFiles ? ` and ${newFiles.length - mostFiles} more` : "";
  return `${all}; new to the champion: ${counted(newRows, "row")} in ${named.join(", ")}${more}.`;
}
