import type { Comparison, MetricRow } from "../judge/comparison.ts";
import { primaryRow } from "../judge/primary-row.ts";
import type { Verdict } from "../judge/verdict.ts";
import { warningItems, type AttentionInput } from "./attention-section.ts";
import { elsewhereClauses, scoredRows } from "./elsewhere.ts";
import { formatNumber } from "./format-number.ts";
import { counted, firstFew, signed } from "./number-text.ts";
import type { ReportInput } from "./report-input.ts";
import type { Headline } from "./section.ts";
import { reasonSentence, verdictReasonSentence } from "./sentences.ts";
import { joinTexts, strong, say, type Text } from "./text.ts";
import { verdictWord } from "./verdict-word.ts";

const verdictWords = {
  promote: say`✅ ${strong("promote")}: every gate passed`,
  inconclusive: say`⚪ ${strong("inconclusive")}: every gate passed, but the evidence is too weak to decide, so a person has to`,
  hold: say`❌ ${strong(verdictWord.hold)}`,
  block: say`⛔ ${strong(verdictWord.block)}: this must not be promoted`,
} as const;
const worseWords = say`❌ ${strong(verdictWord.hold)}: it is worse than the champion`;
const sameWords = say`❌ ${strong(verdictWord.hold)}: it is the champion`;

/** What a promotion rests on besides the gates. */
const proofWords = {
  "first-model": ", and there is no champion to compare with",
  "contract-change": ", but it cannot be compared with the champion",
  guarded: ", and it is not shown to be worse than the champion",
  proven: ", and the test shows that it is not worse than the champion by more than the margin",
  change: ", and the test shows that it is better than the champion",
} as const;

function proofOf({ kind, tests }: Comparison): string {
  if (kind !== "refresh") return proofWords[kind];
  return proofWords[tests.some((test) => test.kind === "non-inferiority") ? "proven" : "guarded"];
}

function wordsOf({ kind, because }: Verdict): Text {
  if (kind !== "hold") return verdictWords[kind];
  const failed = because.filter((reason) => reason.kind === "gate-failed" || reason.kind === "guard-failed").length;
  if (failed > 0) return say`${verdictWords.hold}: ${failed === 1 ? "a gate" : `${failed} gates`} failed`;
  return because.some((reason) => reason.kind === "worse") ? worseWords : sameWords;
}

/** So that the lines fit on a screen and in an e-mail preview; the rest is in the tables. */
const mostReasons = 3;
const mostObjections = 10;

/** Verdict, number, reason, each a line, and what speaks against it. */
export function headline(
  input: Pick<ReportInput, "model" | "reasons" | "canary" | "championLabel"> & AttentionInput,
): Headline {
  const { verdict, comparison, model } = input;
  const primary = primaryRow(comparison);
  const objections = [...elsewhereClauses(comparison), ...verdict.because.map(verdictReasonSentence)];
  const { few, more } = firstFew(objections, mostObjections);
  const proof = verdict.kind === "promote" ? proofOf(comparison) : "";
  return {
    verdict: say`${strong(model)} ${wordsOf(verdict)}${proof}.${canaryWords(input)}${warningWords(input)}`,
    number: say`${primarySentence(primary, comparison)}.`,
    reason: say`${comparison.kind === "first-model" ? "Trained" : "Retrained"} because ${reasonWords(input.reasons)}.`,
    objections: [...few, ...(more > 0 ? [say`and ${more} more, in the tables below`] : [])],
  };
}

/** What the merge does, where it is not what a reader expects. */
function canaryWords({ canary, championLabel, verdict: { kind } }: Parameters<typeof headline>[0]): Text {
  if (!canary || (kind !== "promote" && kind !== "inconclusive")) return [];
  const stays = `${championLabel ?? "the live version"} stays the champion`;
  const share =
    canary.percent === 0
      ? "it is asked with every request, and its answers are only logged"
      : `it answers ${canary.percent} % of the requests`;
  return say` ${strong("Merging starts it as a canary")}: ${share}; ${stays}.`;
}

/** A verdict that a merge may follow says that there is something to read first. */
function warningWords(input: AttentionInput): string {
  const { kind } = input.verdict;
  const warnings = kind === "promote" || kind === "inconclusive" ? warningItems(input).length : 0;
  return warnings === 0 ? "" : ` ${counted(warnings, "warning")} under Attention.`;
}

function reasonWords(reasons: ReportInput["reasons"]): Text {
  if (reasons.length === 0) return say`somebody asked for it`;
  const { few, more } = firstFew(reasons, mostReasons);
  return joinTexts([...few.map(reasonSentence), ...(more > 0 ? [say`${more} more`] : [])], "; ");
}

function primarySentence(row: MetricRow | undefined, comparison: Comparison): string {
  const { holdout, primary, procedures } = comparison;
  const where = `on ${scoredRows(comparison)}${holdout.from === null ? "" : ` from ${holdout.from.slice(0, 10)} to ${holdout.to?.slice(0, 10)}`}`;
  if (row?.challenger === undefined) return `${primary} is not defined ${where}`;
  if (row.champion === undefined || row.improvement === undefined) {
    return `${primary} ${formatNumber(row.challenger)}${dummyWords(comparison)} ${where}`;
  }
  return `${primary} ${formatNumber(row.champion)} → ${formatNumber(row.challenger)}, ${changeWords(row.improvement, row.interval, marginWords(comparison))}, ${where}${procedures ? procedureWords : ""}`;
}

/** Without a champion, nothing else says whether the number is good. */
function dummyWords({ dummy: { metric, dummy, improvement }, primary }: Comparison): string {
  if (metric !== primary || dummy === undefined || improvement === undefined) return "";
  return ` (${improvement > 0 ? "better" : "no better"} than the ${formatNumber(dummy)} of one answer for every row)`;
}

const procedureWords = ", from which the champion has learned: its settings were trained again without them";

/** What the interval is compared with. */
function marginWords({ tests }: Comparison): string {
  const test = tests.find(({ against }) => against === "champion");
  if (test === undefined) return "";
  if (test.kind === "harm") return "; rejected only if all of it lies below 0";
  if (test.kind === "superiority") {
    const p = test.p === null ? "" : `p = ${formatNumber(test.p)}, `;
    return `; ${p}a claim of “better” needs p ≤ ${formatNumber(test.alpha)}`;
  }
  return `; must lie above the margin of −${formatNumber(test.margin)}`;
}

function changeWords(improvement: number, interval: MetricRow["interval"], margin: string): string {
  const size = formatNumber(Math.abs(improvement));
  const change = improvement === 0 ? "no difference" : `${improvement > 0 ? "better" : "worse"} by ${size}`;
  const between = interval === null ? "" : ` (90 % interval ${signed(interval[0])} to ${signed(interval[1])}${margin})`;
  return `${change}${between}`;
}
