import { primaryRow } from "../judge/primary-row.ts";
import type { Chart } from "./charts/chart.ts";
import { number } from "./number-text.ts";
import { chartBlock, type ChartFile } from "./report-charts.ts";
import type { ReportInput } from "./report-input.ts";
import { paragraph, tableOf, type Section } from "./section.ts";
import { day } from "./sentences.ts";
import { say } from "./text.ts";

/** Where this challenger stands among the versions before it. */
export function earlierSection(
  { earlier, comparison }: Pick<ReportInput, "earlier" | "comparison">,
  charts: ReadonlyMap<ChartFile, Chart>,
): Section | null {
  if (earlier.length === 0) return null;
  const { primary } = comparison;
  const now = primaryRow(comparison)?.challenger;
  const rows = [
    ...earlier.map(({ label, at, value }) => [label, day(at), number(value)]),
    ["challenger", "–", number(now)],
  ];
  const blocks = [
    tableOf(["version", "live since", `${primary} at the time`], rows),
    ...chartBlock(charts, "versions.svg"),
  ];
  return {
    id: "earlier",
    title: "Earlier versions",
    body: [
      paragraph(
        say`Each version was measured at its own time, on its own holdout. Those rows differ from today's, so the values are not compared.`,
      ),
      { kind: "details", summary: say`${primary} of the last versions`, blocks },
    ],
    keep: 20,
  };
}
