import type { Chart } from "./charts/chart.ts";
import { table } from "./markdown.ts";
import { details, number } from "./number-text.ts";
import { imageOf, type ChartFile } from "./report-charts.ts";
import type { ReportInput } from "./report-input.ts";
import { day } from "./sentences.ts";

/** Where this challenger stands among the versions before it. */
export function earlierSection(
  { earlier, comparison }: Pick<ReportInput, "earlier" | "comparison">,
  charts: ReadonlyMap<ChartFile, Chart>,
): string {
  if (earlier.length === 0) return "";
  const { primary } = comparison;
  const now = comparison.metrics.find(({ metric }) => metric === primary)?.challenger;
  const rows = [
    ...earlier.map(({ label, at, value }) => [label, day(at), number(value)]),
    ["challenger", "–", number(now)],
  ];
  const body = [table(["version", "live since", `${primary} then`], rows), ...imageOf(charts, "versions.svg")];
  return [
    "### Earlier versions",
    "As each was measured then, on the unseen rows of its day: other rows than today's, so nothing is judged by them.",
    "",
    details(`${primary} of the last versions`, body.join("\n")),
  ].join("\n");
}
