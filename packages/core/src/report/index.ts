export { acceptanceOf } from "../data/acceptance.ts";
export { exclusionOf } from "../data/exclusion.ts";
export { type KeptWaiting, dataAlert, outdatedAlertNote, verdictAlert } from "./alert.ts";
export { canaryReport } from "./canary-report.ts";
export { attentionLabel, attentionWords } from "./attention-words.ts";
export { type BacktestReport, backtestReport } from "./backtest-report.ts";
export { historyChart, type HistoryPoint } from "./charts/history-chart.ts";
export { lineChart } from "./charts/line-chart.ts";
export { stripChart } from "./charts/strip-chart.ts";
export { proposalMessage, proposalTitle } from "./commit-message.ts";
export { classifierSentence, driftCells, driftHeadings, driftReason, driftVerdictSentence } from "./drift-cells.ts";
export { type DashboardModel, dashboardMarker, dashboardText } from "./dashboard.ts";
export { type Ticks, tickedIn, withTicks } from "./dashboard-boxes.ts";
export { dataReport } from "./data-report.ts";
export { dueSentences } from "./due-sentences.ts";
export { differenceSentence } from "./difference-sentence.ts";
export { EVALUATION_TYPE } from "./evaluation-type.ts";
export { cutMarkdown, fitReport } from "./fit-report.ts";
export { groupMessage, groupOverview, type GroupReportMember, groupTitle } from "./group-report.ts";
export { evidenceReport } from "./evidence-report.ts";
export { type VersionEvidence } from "./evidence-schema.ts";
export { formatNumber } from "./format-number.ts";
export { htmlReport } from "./html-report.ts";
export { importMessage, importReport, importTitle } from "./import-report.ts";
export { cell, table } from "./markdown.ts";
export {
  asText,
  type ChartPlace,
  markdownHeadline,
  markdownReport,
  markdownSection,
  markdownText,
  onGitHub,
  plainMarkdownReport,
  plainMarkdownSection,
  type ValueStyle,
} from "./markdown-report.ts";
export { USE_HEADING, waysToUse } from "./how-to-use.ts";
export { type ShownVersion } from "./shown-version.ts";
export { measuredModelSentence, measuredRowsWords } from "./measured-words.ts";
export type { MetricOfLive, ModelStatus } from "./model-status.ts";
export { modelCard } from "./model-card.ts";
export type { EarlierVersion } from "./report-charts.ts";
export { markdownRunTable, runTable } from "./run-table.ts";
export { reportFile } from "./report-file.ts";
export type { ReportInput, StartFacts } from "./report-input.ts";
export { parseReport } from "./report-schema.ts";
export { type IllustratedReport, makeReport } from "./report.ts";
export { pastSentence } from "./past-sentence.ts";
export { rollbackReport, type RollbackFacts } from "./rollback-report.ts";
export { learnedWords, type Learned } from "./elsewhere.ts";
export { counted } from "./number-text.ts";
export { type Report, type Section, chartFiles, essentials } from "./section.ts";
export { type ShadowAnswer } from "./shadow-schema.ts";
export { shadowSection } from "./shadow-section.ts";
export {
  type DriftOnSite,
  type SiteEvent,
  type SiteHistory,
  type SiteVersion,
  siteHistory,
  type VersionFacts,
} from "./site-history.ts";
export { acceptedWords, day, heldBackSentence, reasonSentence, verdictReasonSentence } from "./sentences.ts";
export { settledReport } from "./settled-report.ts";
export { terminalReport, terminalSection } from "./terminal-report.ts";
export { verdictWord } from "./verdict-word.ts";
export { attentionLines, canarySentence, statusCells, statusColumns, statusSentences } from "./status-table.ts";
export { columns, type TableColumn, terminalTable } from "./terminal-table.ts";
export { quoteForTerminal, terminalText, wrapped, wrappedProse } from "./terminal-text.ts";
export { type ToldHistory } from "./told-history.ts";
export { visibleText } from "./visible-text.ts";
