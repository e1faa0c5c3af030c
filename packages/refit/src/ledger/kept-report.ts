import { markdownReport, reportFile, type IllustratedReport } from "@refit/core/report";

/** A run that left a report. */
export interface ReportedRun {
  readonly model: string;
  readonly inputDigest: string;
  /** Tree id of the champion that it was compared with; `null`: there was none. */
  readonly parent: string | null;
  /** Which comparison of these inputs with this champion, from 1; `null`: the data were refused, so nothing was compared. */
  readonly attempt: number | null;
}

/** Where the ledger keeps the report and its charts: the same inputs are judged anew when champion or gates have changed. */
function folderOf({ model, inputDigest, parent, attempt }: ReportedRun): string {
  const against = parent === null ? "first" : parent.slice(0, 8);
  return `reports/${model}/${inputDigest.slice(0, 16)}-${against}${ending(attempt)}`;
}

/** Tells runs of the same inputs apart. */
function ending(attempt: number | null): string {
  return attempt === null ? "-data" : attempt === 1 ? "" : `-${attempt}`;
}

/** By which a person names a run. */
export function runName({ inputDigest, attempt }: Pick<ReportedRun, "inputDigest" | "attempt">): string {
  return `${inputDigest.slice(0, 8)}${ending(attempt)}`;
}

/** Path of the page for people on the ledger branch; `report.json` and the charts lie beside it. */
export function reportPage(run: ReportedRun): string {
  return `${folderOf(run)}/report.md`;
}

/** Path of the value beside it. */
export function reportValue(run: ReportedRun): string {
  return `${folderOf(run)}/report.json`;
}

/** Files of the ledger branch: the report as a page and as a value, and its charts. */
export function reportFiles(run: ReportedRun, { report, charts }: IllustratedReport): ReadonlyMap<string, string> {
  const files = new Map([
    ["report.md", markdownReport(report)],
    ["report.json", reportFile(report)],
    ...[...charts].map(([file, { svg }]) => [file, svg] as const),
  ]);
  const folder = folderOf(run);
  return new Map([...files].map(([file, text]) => [`${folder}/${file}`, text]));
}
