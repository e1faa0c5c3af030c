import { answersSection } from "./answers-section.ts";
import { attentionSection } from "./attention-section.ts";
import { calibrationSection } from "./calibration-section.ts";
import type { Chart } from "./charts/chart.ts";
import { computationSection } from "./computation-section.ts";
import { dataSection } from "./data-section.ts";
import { earlierSection } from "./earlier-section.ts";
import { headline } from "./headline.ts";
import { inputsSection } from "./inputs-section.ts";
import { fairnessSection, judgementSection, metricsSection } from "./judgement-sections.ts";
import { nextSection } from "./next-section.ts";
import { reportCharts, type ChartFile } from "./report-charts.ts";
import type { ReportInput } from "./report-input.ts";
import type { Report } from "./section.ts";
import { relianceSection } from "./reliance-section.ts";
import { slicesSection } from "./slices-section.ts";
import { trainingSection } from "./training-section.ts";

/** A report with the pictures that it shows. */
export interface IllustratedReport {
  readonly report: Report;
  readonly charts: ReadonlyMap<ChartFile, Chart>;
}

/** The evidence that a reviewer reads: the headline says the verdict, the number and the reason. */
export function makeReport(input: ReportInput): IllustratedReport {
  const charts = reportCharts(input);
  const { model, comparison } = input;
  const sections = [
    attentionSection(input),
    metricsSection(input, charts),
    judgementSection(input),
    slicesSection(comparison),
    fairnessSection(comparison),
    answersSection(comparison, charts),
    calibrationSection(comparison, charts),
    relianceSection(input.reliance),
    dataSection(input.data),
    inputsSection(input),
    trainingSection(input),
    earlierSection(input, charts),
    computationSection(input),
    nextSection(input),
  ];
  const present = sections.filter((section) => section !== null);
  return { report: { format: 1, model, headline: headline(input), sections: present }, charts };
}
