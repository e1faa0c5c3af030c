import { markdownReport, reportFile, type IllustratedReport } from "@refit/core/report";
import type { Context } from "../products/context.ts";

/** What was judged, and against which version. */
interface JudgedModel {
  readonly request: Pick<Context["request"], "model">;
  readonly champion: Pick<NonNullable<Context["champion"]>, "treeId"> | null;
}

/** Where the ledger keeps the report and its charts: the same inputs are judged anew when the champion has changed. */
function folderOf({ request, champion }: JudgedModel, inputDigest: string): string {
  const against = champion === null ? "first" : champion.treeId.slice(0, 8);
  return `reports/${request.model}/${inputDigest.slice(0, 16)}-${against}`;
}

/** Path of the page for people on the ledger branch; `report.json` and the charts lie beside it. */
export function reportPage(context: JudgedModel, inputDigest: string): string {
  return `${folderOf(context, inputDigest)}/report.md`;
}

/** Files of the ledger branch: the report as a page and as a value, and its charts. */
export function reportFiles(
  context: JudgedModel,
  inputDigest: string,
  { report, charts }: IllustratedReport,
): ReadonlyMap<string, string> {
  const files = new Map([
    ["report.md", markdownReport(report)],
    ["report.json", reportFile(report)],
    ...[...charts].map(([file, { svg }]) => [file, svg] as const),
  ]);
  const folder = folderOf(context, inputDigest);
  return new Map([...files].map(([file, text]) => [`${folder}/${file}`, text]));
}
