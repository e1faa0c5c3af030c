import { acceptanceOf, findingPage } from "../data/acceptance.ts";
import { exclusionOf } from "../data/exclusion.ts";
import type { Told } from "../answers/told.ts";
import type { Finding } from "../data/finding.ts";
import type { BlockedRuns } from "../decide/blocked-in-a-row.ts";
import type { VerdictReason } from "../judge/verdict.ts";
import { markdownText, onGitHub, type ValueStyle } from "./markdown-report.ts";
import { table } from "./markdown.ts";
import { counted, firstFew } from "./number-text.ts";
import { acceptedWords, day, minute, verdictReasonSentence } from "./sentences.ts";
import { DAY } from "../time.ts";

/** More would fill the screen and tell nothing new. */
const mostRows = 50;

/** What blocked runs keep from the live model. */
export interface KeptWaiting extends BlockedRuns {
  /** What the live model has learned until, epoch milliseconds; `null`: without `time`. */
  readonly learnedUntil: number | null;
  /** Rows that wait. */
  readonly newRows: number;
  readonly now: number;
}

/** What an alert says when data were refused, as Markdown. @param waiting `null`: it is not worth a word yet. */
export function dataAlert(
  model: string,
  findings: readonly (Finding | Told<Finding>)[],
  waiting: KeptWaiting | null = null,
  style: ValueStyle = onGitHub,
): string {
  const { few, more } = firstFew(findings, mostRows);
  const rows = few.map((finding) => [
    finding.severity,
    `[${finding.code}](${findingPage(finding.code)})`,
    finding.file === null ? "–" : style.value(finding.file) + (finding.line === undefined ? "" : `:${finding.line}`),
    style.value(finding.message) + markdownText(acceptedWords(finding), style),
    style.value(finding.hint),
  ]);
  return [
    `**${model}**: the new data were refused. Nothing was trained, and what is live has not changed.`,
    "",
    ...(waiting === null ? [] : [waitingSentence(waiting), ""]),
    table(["severity", "finding", "where", "what", "what to do"], rows),
    ...(more > 0 ? ["", `And ${counted(more, "more finding")}; \`refit run ${model} --json\` lists them all.`] : []),
    "",
    ...waysOut(model, findings),
  ].join("\n");
}

function waitingSentence({ runs, since, learnedUntil, newRows, now }: KeptWaiting): string {
  const learned =
    learnedUntil === null
      ? ""
      : ` It has learned until ${day(learnedUntil)}, ${counted(Math.floor((now - learnedUntil) / DAY), "day")} ago.`;
  return `**${runs} runs in a row were blocked, since ${day(since)}.** Meanwhile the live model gets older.${learned} ${counted(newRows, "newer row")} ${newRows === 1 ? "waits" : "wait"}.`;
}

/** What leaves out columns that leak, and what accepts the suspects among these, ready to paste. */
function waysOut(model: string, findings: readonly Pick<Finding, "code" | "severity" | "column">[]): string[] {
  const { few } = firstFew(findings, mostRows);
  const exclusion = exclusionOf(few);
  const leavingOut =
    exclusion === null
      ? []
      : [
          `If a column is known only after the outcome, leave it out with a commit. Under \`features\` in its \`model.yaml\`:`,
          "",
          "```yaml",
          exclusion,
          "```",
          "",
        ];
  const ways = few.map((found) => acceptanceOf(model, found)).filter((way) => way !== null);
  if (ways.length === 0) return leavingOut;
  const entries = ways.flatMap(({ yaml, command }) => [
    `    - ${yaml}`,
    ...(command === null ? [] : [`    # written by: ${command}`]),
  ]);
  return [
    ...leavingOut,
    "If a suspicious value is right, accept it with a commit. Add to the data manifest, with the reason:",
    "",
    // Each line is one of ours with quoted names in it, so none can close the fence.
    "```yaml",
    "checks:",
    "  accept:",
    ...new Set(entries),
    "```",
    "",
  ];
}
/** What an alert says when a trained model must not be promoted, as Markdown. */
export function verdictAlert(model: string, because: readonly VerdictReason[], style: ValueStyle = onGitHub): string {
  const { few, more } = firstFew(because, mostRows);
  return [
    `**${model}**: a new model was trained, but must not be promoted. What is live has not changed.`,
    "",
    ...few.map((reason) => `- ${markdownText(verdictReasonSentence(reason), style)}${adviceOf(reason, style)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    "",
    ...waysOut(
      model,
      because.filter((reason) => reason.kind === "finding"),
    ),
    `The next run closes this alert when the cause is gone, or when the gates, guardrails or accepted findings have changed. To try the same inputs again: \`refit run ${model} --force "reason"\`.`,
    "",
  ].join("\n");
}

function adviceOf(reason: VerdictReason, { value }: ValueStyle): string {
  return reason.kind === "finding" ? ` What to do: ${value(reason.hint)} [More](${findingPage(reason.code)})` : "";
}

/**
 * What an open alert about a verdict says once the inputs have changed, in one paragraph of Markdown.
 *
 * @param judgedAt when the verdict was. @param next when the changed inputs may be judged; `null`: nothing asks for it yet.
 */
export function outdatedAlertNote(model: string, judgedAt: number, next: number | null): string {
  const when =
    next === null
      ? `No trigger has fired yet; \`refit run ${model} --force "reason"\` trains a new model.`
      : `The earliest time for a new model is ${minute(next)}.`;
  return `**The inputs have changed since this was judged on ${day(judgedAt)}; a model of the new inputs has not been judged yet.** ${when}`;
}
