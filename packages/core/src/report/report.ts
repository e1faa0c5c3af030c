import { calibrationSection } from "./calibration-section.ts";
import type { Chart } from "./charts/chart.ts";
import { computationSection } from "./computation-section.ts";
import { dataSection } from "./data-section.ts";
import { earlierSection } from "./earlier-section.ts";
import { headline } from "./headline.ts";
import { fairnessSection, judgementSection, metricsSection } from "./judgement-sections.ts";
import { cell, table } from "./markdown.ts";
import { number } from "./number-text.ts";
import { reportCharts, type ChartFile } from "./report-charts.ts";
import type { ReportInput } from "./report-input.ts";
import { slicesSection } from "./slices-section.ts";

export interface Report {
  /** Shows the charts as files beside it; see `placeCharts`. */
  readonly markdown: string;
  readonly charts: ReadonlyMap<ChartFile, Chart>;
}

/** The evidence that a reviewer reads. The first three lines say the verdict, the number and the reason. */
export function report(input: ReportInput): Report {
  const charts = reportCharts(input);
  const { comparison } = input;
  const sections = [
    headline(input),
    input.notices.map((sentence) => `> ${cell(sentence)}`).join("\n"),
    metricsSection(input, charts),
    judgementSection(input),
    slicesSection(comparison),
    fairnessSection(comparison),
    calibrationSection(comparison, charts),
    dataSection(input.data),
    trainingSection(input),
    earlierSection(input, charts),
    computationSection(input),
    howTo(input),
  ];
  return { markdown: `${sections.filter((section) => section !== "").join("\n\n")}\n`, charts };
}

function trainingSection({ training, comparison }: ReportInput): string {
  const rows = training.candidates.map((candidate) => [
    cell(candidate.learner) + (candidate.chosen ? " (challenger)" : ""),
    number(candidate.validation),
    `${(candidate.bytes / 1024).toFixed(1)} KiB`,
    `${candidate.seconds.toFixed(1)} s`,
  ]);
  return [
    "### Training",
    table(["candidate", `${comparison.primary} on validation rows`, "size", "time"], rows),
    "",
    `${training.trainRows} training rows, ${training.validationRows} validation rows, seed ${training.seed}, inputs \`${training.inputDigest.slice(0, 12)}\`.`,
  ].join("\n");
}

function howTo({ model, branch, baseBranch, verdict }: ReportInput): string {
  if (verdict.kind === "hold" || verdict.kind === "block") {
    return [
      "### What to do",
      "- Nothing has to be done: there is nothing to merge, and the champion stays.",
      `- **Try the same inputs again**: \`refit run ${model} --force "reason"\`. Without it, the inputs or the settings must change first.`,
      "- **Move the bar**: by a commit to `model.yaml` on the base branch, with a reason that others can read.",
    ].join("\n");
  }
  const draft = verdict.kind === "inconclusive" ? " A draft is marked as ready first." : "";
  return [
    "### What to do",
    `- **Promote**: merge \`${branch}\` into ${cell(baseBranch)}. Any merge mode will do.${draft}`,
    `- **Decline**: \`refit reject ${model}\`, or close the pull request. The same inputs are not proposed again.`,
    `- **Roll back later**: revert the merge, or \`refit rollback ${model}\`.`,
  ].join("\n");
}
