import { isWorse } from "../judge/is-worse.ts";
import { portableLog } from "../portable-log.ts";
import { formatNumber } from "./format-number.ts";
import { counted, firstFew } from "./number-text.ts";
import type { ReportInput } from "./report-input.ts";
import { keepAlways, type Section } from "./section.ts";
import { changeTexts, day, worseSentence } from "./sentences.ts";
import { data, joinTexts, say, sentenceOf, type Text } from "./text.ts";

export type AttentionInput = Pick<
  ReportInput,
  "attention" | "championLabel" | "comparison" | "data" | "notices" | "training" | "verdict"
>;

const mostItems = 12;
const duplicates = "duplicate-features";

/** What speaks for a second look before a merge; no section where nothing does. */
export function attentionSection(input: AttentionInput): Section | null {
  const items = [
    ...warningItems(input),
    ...learnerItem(input),
    ...rowItems(input),
    ...acceptedItems(input),
    ...input.notices.map((notice) => say`${sentenceOf(notice)}`),
  ];
  if (items.length === 0) return null;
  const { few, more } = firstFew(items, mostItems);
  const lines = [...few, ...(more > 0 ? [say`And ${more} more.`] : [])];
  return { id: "notices", title: "Attention", body: [{ kind: "notice", lines }], keep: keepAlways };
}

/** What speaks against a merge; the other items are only good to know. */
export function warningItems(input: AttentionInput): Text[] {
  return [
    ...worseMetrics(input),
    ...sharesItem(input),
    ...rolledBackItem(input),
    ...loweredItem(input),
    ...modelItems(input),
  ];
}

/** The dummy is compared by one metric, and its probabilities may be the better ones. */
function sharesItem({ comparison: { metrics, classRows, dummy } }: AttentionInput): Text[] {
  const loss = metrics.find(({ metric }) => metric === "logLoss")?.challenger;
  if (loss === undefined || classRows === null || dummy.metric === "logLoss") return [];
  const ofShares = lossOfShares(classRows);
  if (loss <= ofShares) return [];
  return [
    say`logLoss is ${formatNumber(loss)} (lower is better), worse than always answering the class shares of these rows, which gives ${formatNumber(ofShares)}.`,
  ];
}

function lossOfShares(classRows: readonly number[]): number {
  const all = classRows.reduce((sum, rows) => sum + rows, 0);
  return classRows.reduce((sum, rows) => (rows === 0 ? sum : sum - (rows / all) * portableLog(rows / all)), 0);
}

/** A metric that nobody gates is worth a word too, when it is worse. */
function worseMetrics({ comparison, verdict }: AttentionInput): Text[] {
  const named = new Set(
    verdict.because.map((reason) => (reason.kind === "gate-failed" ? reason.row.gate.metric : null)),
  );
  return comparison.metrics
    .filter((row) => row.metric !== comparison.primary && isWorse(row) && !named.has(row.metric))
    .map((row) => say`${worseSentence(row)}.`);
}

function learnerItem({ comparison: { kind, learnerChange } }: AttentionInput): Text[] {
  if (learnerChange.length === 0) return [];
  const what = kind === "refresh" ? "Another of the same candidates did best" : "The learner or its settings changed";
  return [say`${what}: ${changeTexts(learnerChange)}.`];
}

function rolledBackItem({ attention }: AttentionInput): Text[] {
  const back = attention.rolledBack;
  return back === null
    ? []
    : [say`${back.label} was rolled back on ${day(back.at)}. Check that the reason for it is gone.`];
}

function rowItems({ data: { news, labels }, training }: AttentionInput): Text[] {
  const { unlabelledRows } = training;
  const corrected = (news.changes?.columns ?? []).filter(({ column }) => labels.includes(column));
  return [
    ...(news.lost === 0
      ? []
      : [say`${counted(news.lost, "row")} of the champion's data ${news.lost === 1 ? "is" : "are"} gone.`]),
    ...(unlabelledRows === 0
      ? []
      : [
          say`${counted(unlabelledRows, "row")} without a value of the target ${unlabelledRows === 1 ? "was" : "were"} left out.`,
        ]),
    ...corrected.map(
      ({ column, rows }) =>
        say`The target ${data(column)} was corrected in ${counted(rows, "row")} that the champion has learned from.`,
    ),
  ];
}

function loweredItem({ attention: { lowered }, championLabel }: AttentionInput): Text[] {
  if (lowered.length === 0) return [];
  const since = championLabel === null ? "before" : `when ${championLabel} went live`;
  const clauses = joinTexts(
    lowered.map((clause) => say`${sentenceOf(clause.replaceAll("`", ""))}`),
    "; ",
  );
  return [say`The requirements are lower than ${since}: ${clauses}.`];
}

/** What was found about the model itself. Duplicates have a row of their own beside the metrics. */
function modelItems({ comparison: { findings } }: AttentionInput): Text[] {
  return findings
    .filter(({ accepted, code, severity }) => severity === "warning" && accepted === undefined && code !== duplicates)
    .map(({ code, message }) => say`${code}: ${sentenceOf(message)}`);
}

function acceptedItems({ data: { findings } }: AttentionInput): Text[] {
  return findings.flatMap(({ accepted, code, column }) =>
    accepted === undefined
      ? []
      : [
          say`A finding was accepted: ${code}${column === null ? "" : say` of ${data(column)}`} (${data(accepted.reason)}).`,
        ],
  );
}
