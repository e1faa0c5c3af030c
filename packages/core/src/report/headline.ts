import type { Comparison, MetricRow } from "../judge/comparison.ts";
import { primaryRow } from "../judge/primary-row.ts";
import type { Verdict } from "../judge/verdict.ts";
import { elsewhereClauses, scoredRows } from "./elsewhere.ts";
import { formatNumber } from "./format-number.ts";
import { firstFew, signed } from "./number-text.ts";
import type { ReportInput } from "./report-input.ts";
import type { Headline } from "./section.ts";
import { reasonSentence, verdictReasonSentence } from "./sentences.ts";
import { joinTexts, strong, say, type Text } from "./text.ts";
import { verdictWord } from "./verdict-word.ts";

const verdictWords = {
  promote: say`✅ ${strong("promote")}: every gate passed`,
  inconclusive: say`⚪ ${strong("inconclusive")}: every gate passed, but the evidence is too weak to decide; a person can`,
  hold: say`❌ ${strong(verdictWord.hold)}: a gate failed`,
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
  const gateFailed = because.some((reason) => reason.kind === "gate-failed" || reason.kind === "guard-failed");
  if (kind !== "hold" || gateFailed) return verdictWords[kind];
  return because.some((reason) => reason.kind === "worse") ? worseWords : sameWords;
}

/** So that the lines fit on a screen and in an e-mail preview; the rest is in the tables. */
const mostReasons = 3;
const mostObjections = 10;

/** Verdict, number, reason, each a line, and what speaks against it. */
export function headline(input: Pick<ReportInput, "model" | "reasons" | "comparison" | "verdict">): Headline {
  const { verdict, comparison, model } = input;
  const primary = primaryRow(comparison);
  const objections = [...elsewhereClauses(comparison), ...verdict.because.map(verdictReasonSentence)];
  const { few, more } = firstFew(objections, mostObjections);
  const proof = verdict.kind === "promote" ? proofOf(comparison) : "";
  return {
    verdict: say`${strong(model)} ${wordsOf(verdict)}${proof}.`,
    number: say`${primarySentence(primary, comparison)}.`,
    reason: say`${comparison.kind === "first-model" ? "Trained" : "Retrained"} because ${reasonWords(input.reasons)}.`,
    objections: [...few, ...(more > 0 ? [say`and ${more} more, in the tables below`] : [])],
  };
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
    return `${primary} ${formatNumber(row.challenger)} ${where}`;
  }
  return `${primary} ${formatNumber(row.champion)} → ${formatNumber(row.challenger)}, ${changeWords(row.improvement, row.interval, marginWords(comparison))}, ${where}${procedures ? procedureWords : ""}`;
}

const procedureWords = ", from which the champion has learned: its settings were trained again without them";

/** What the interval is compared with. */
function marginWords({ tests }: Comparison): string {
  const test = tests.find(({ against }) => against === "champion");
  if (test === undefined) return "";
  if (test.kind === "harm") return "; rejected only if it lies below 0";
  if (test.kind === "superiority") return "; must lie clearly above 0";
  return `; must lie above the margin of −${formatNumber(test.margin)}`;
}

function changeWords(improvement: number, interval: MetricRow["interval"], margin: string): string {
  const size = formatNumber(Math.abs(improvement));
  const change = improvement === 0 ? "no difference" : `${improvement > 0 ? "better" : "worse"} by ${size}`;
  const between = interval === null ? "" : ` (90 % interval ${signed(interval[0])} to ${signed(interval[1])}${margin})`;
  return `${change}${between}`;
}
