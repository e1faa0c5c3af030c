import { driftVerdict } from "../data/drift-verdict.ts";
import type { ClassifierDrift } from "../data/classifier-drift.ts";
import type { ColumnDrift } from "../data/measure-drift.ts";
import type { Finding } from "../data/finding.ts";
import type { Reason } from "../decide/reason.ts";
import type { Comparison, MetricRow } from "../judge/comparison.ts";
import type { Verdict } from "../judge/judge.ts";
import { classifierSentence, driftCells, driftHeadings, driftVerdictSentence } from "./drift-cells.ts";
import { computationSection } from "./computation-section.ts";
import { formatNumber } from "./format-number.ts";
import { fairnessSection, judgementSection, metricsSection, slicesSection } from "./judgement-sections.ts";
import { cell, table } from "./markdown.ts";
import { details, intervalText, number, signed } from "./number-text.ts";
import { reasonSentence, verdictReasonSentence } from "./sentences.ts";

export interface ReportInput {
  readonly model: string;
  readonly branch: string;
  readonly baseBranch: string;
  /** `v3`; `null`: there is none. */
  readonly championLabel: string | null;
  readonly reasons: readonly Reason[];
  readonly comparison: Comparison;
  readonly verdict: Verdict;
  readonly look: number;
  readonly alpha: number;
  readonly data: {
    readonly rows: number;
    readonly files: number;
    readonly newFiles: readonly string[];
    readonly findings: readonly Finding[];
    readonly drift: readonly ColumnDrift[];
    readonly classifier: ClassifierDrift | null;
  };
  readonly training: {
    readonly candidates: readonly {
      readonly learner: string;
      readonly validation: number | undefined;
      readonly bytes: number;
      readonly seconds: number;
      readonly chosen: boolean;
    }[];
    readonly seed: number;
    readonly trainRows: number;
    readonly validationRows: number;
    readonly inputDigest: string;
  };
  readonly notices: readonly string[];
}

/** The evidence that a reviewer reads, as Markdown. The first three lines say the verdict, the number and the reason. */
export function report(input: ReportInput): string {
  const sections = [
    headline(input),
    notices(input),
    metricsSection(input),
    judgementSection(input),
    slicesSection(input.comparison),
    fairnessSection(input.comparison),
    dataSection(input),
    trainingSection(input),
    computationSection(input),
    howTo(input),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

const verdictWords = {
  promote: "✅ **promote**: every gate passed and the evidence supports it",
  inconclusive: "⚪ **inconclusive**: every gate passed, but the evidence is too weak to decide; a person may",
  hold: "❌ **hold**: a gate failed",
  block: "⛔ **block**: this must not be promoted",
} as const;

function headline({ verdict, comparison, reasons, model }: ReportInput): string {
  const primary = comparison.metrics.find((row) => row.metric === comparison.primary);
  const why = reasons.map((reason) => reasonSentence(reason, cell)).join("; ");
  return [
    `**${model}** ${verdictWords[verdict.kind]}.`,
    `${primarySentence(primary, comparison)}.`,
    `Retrained because ${why || "it was asked for"}.`,
    ...verdict.because.map((reason) => `- ${verdictReasonSentence(reason, cell)}`),
  ].join("\n");
}

function primarySentence(row: MetricRow | undefined, { holdout, primary }: Comparison): string {
  const where = `on ${holdout.rows} unseen rows${holdout.from === null ? "" : ` from ${holdout.from.slice(0, 10)} to ${holdout.to?.slice(0, 10)}`}`;
  if (row?.challenger === undefined) return `${primary} is not defined ${where}`;
  if (row.champion === undefined || row.improvement === undefined) {
    return `${primary} ${formatNumber(row.challenger)} ${where}`;
  }
  return `${primary} ${formatNumber(row.champion)} → ${formatNumber(row.challenger)} (${signed(row.improvement)}${intervalText(row)}) ${where}`;
}

function notices({ notices: sentences }: ReportInput): string {
  return sentences.map((sentence) => `> ${cell(sentence)}`).join("\n");
}

function dataSection({ data }: ReportInput): string {
  const lines = [
    "### Data",
    `${data.rows} rows in ${data.files} file${data.files === 1 ? "" : "s"}; new to the champion: ${data.newFiles.length}.`,
  ];
  const findings = data.findings.map((finding) => [finding.severity, finding.code, cell(finding.message)]);
  if (findings.length > 0) lines.push("", table(["severity", "finding", "what"], findings));
  if (data.drift.length > 0) {
    const rows = data.drift.map((column) => [cell(column.column), ...driftCells(column)]);
    const { classifier } = data;
    const verdict = driftVerdictSentence(driftVerdict(data.drift, classifier));
    const told = classifier === null ? "" : ` ${classifierSentence(classifier, cell)}`;
    const body = `${verdict}${told}\n\n${table(["column", ...driftHeadings], rows)}`;
    lines.push("", details("Drift against the champion's data", body));
  }
  return lines.join("\n");
}

function trainingSection({ training }: ReportInput): string {
  const rows = training.candidates.map((candidate) => [
    candidate.learner + (candidate.chosen ? " (challenger)" : ""),
    number(candidate.validation),
    `${(candidate.bytes / 1024).toFixed(1)} KiB`,
    `${candidate.seconds.toFixed(1)} s`,
  ]);
  return [
    "### Training",
    table(["candidate", "on validation rows", "size", "time"], rows),
    "",
    `${training.trainRows} training rows, ${training.validationRows} validation rows, seed ${training.seed}, inputs \`${training.inputDigest.slice(0, 12)}\`.`,
  ].join("\n");
}

function howTo({ model, branch, baseBranch }: ReportInput): string {
  return [
    "### What to do",
    `- **Promote**: merge \`${branch}\` into \`${baseBranch}\`. Any merge mode will do.`,
    `- **Decline**: \`refit reject ${model}\`, or close the pull request. The same inputs are not proposed again.`,
    `- **Roll back later**: revert the merge, or \`refit rollback ${model}\`.`,
  ].join("\n");
}
