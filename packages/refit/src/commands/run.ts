import { answerOf, type RunAnswer } from "@refit/core/answers";
import type { Finding } from "@refit/core/data";
import type { Reason } from "@refit/core/decide";
import { moreAbout, UsageError } from "@refit/core/errors";
import type { VerdictReason } from "@refit/core/judge";
import { mostParallel } from "@refit/core/spec";
import {
  acceptanceOf,
  acceptedWords,
  day,
  exclusionOf,
  heldBackSentence,
  reasonSentence,
  runTable,
  terminalReport,
  terminalText,
  type Report,
  verdictReasonSentence,
  visibleText,
  wrappedProse,
} from "@refit/core/report";
import { exitCodeOf, type Outcome, type RunResult } from "../products/outcome.ts";
import type { Ports } from "../ports/index.ts";
import type { HandedOverFolder } from "../runs/open-hand-over.ts";
import type { RunSeveralRequest } from "../runs/run-models.ts";
import { quoteForTerminal } from "@refit/core/report";
import type { Flags, LastQuietRun } from "./command.ts";
import { pushHelp, pushOptions, sayingPublished } from "./publishing.ts";
import { howToMerge } from "./how-to-merge.ts";
import { failedLines } from "./failed-lines.ts";
import { limitHelp, limitOption } from "./limits.ts";

export const usage =
  "refit run [model…|--all] [--parallel N] [--force REASON] [--candidates FOLDER[@DIGEST]] [--push|--no-push] [--memory SIZE] [--limit NAME=NUMBER]… [--dry-run] [--json]";
export const summary = "Check the data, decide, retrain, compare with the champion, and propose the result.";
export const examples = [
  ["refit run", "every model"],
  ["refit run churn --dry-run", "what would happen with the files of the work tree"],
  ['refit run churn --force "new season"', "retrain now, whatever the triggers say"],
  ["refit run --all --parallel 4", "four models at a time"],
] as const;
export const options = {
  all: { type: "boolean" },
  parallel: { type: "string" },
  force: { type: "string" },
  candidates: { type: "string" },
  ...pushOptions,
  "dry-run": { type: "boolean" },
  ...limitOption,
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  all: "every model (the default)",
  parallel: `how many models to work on at once, 1 to ${mostParallel} (default: what refit.yaml says under parallel, else 1), each in a process of its own; they share the machine's memory and threads, and the memory that --memory allows`,
  force: "retrain now, for this reason, whatever the triggers and the cool-down say",
  candidates:
    "with a digest: use what `refit train` or `refit choose` wrote, instead of training; checked against the digest. Without: choose among the folders that `refit train --candidate` wrote, each checked against its name, and train only the best one again",
  ...pushHelp,
  "dry-run": "read the work tree, print the proposal and write nothing",
  ...limitHelp,
  json: "print the outcomes as JSON",
};

/** The answer of the last quiet run, while nothing that it looked at has changed: at most the remote is asked, and nothing is loaded. */
export async function recall(lastQuiet: LastQuietRun, args: readonly string[], flags: Flags): Promise<string | null> {
  const asked = [flags.force, flags["dry-run"], flags.base, flags.forge, flags.candidates];
  if (asked.some((value) => value !== undefined)) return null;
  const quiet = await lastQuiet(args);
  return quiet && textOf(quiet.outcomes as readonly RunResult[], flags);
}

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const request = runRequestOf(flags);
  const { runModels } = await import("../runs/run-models.ts");
  const tell = (outcome: RunResult) => {
    // As one piece: of a thousand models each line would be a call of the system.
    if (flags.json !== true) ports.out.print(lines(outcome, request.dryRun, ports.out.width).join("\n"));
  };
  const outcomes = await sayingPublished(ports, () => runModels(ports, args, request, tell));
  if (flags.json === true) ports.out.print(textOf(outcomes, flags));
  else for (const line of runTable(outcomes, ports.out.width ?? null)) ports.out.print(line);
  return Math.max(0, ...outcomes.map(exitCodeOf));
}

/** @throws UsageError */
export function runRequestOf({ force, parallel, candidates, ...flags }: Flags): RunSeveralRequest {
  if (force?.trim() === "") throw new UsageError("--force needs a reason.", usage);
  if (parallel !== undefined && (!/^[1-9]\d?$/.test(parallel) || Number(parallel) > mostParallel))
    throw new UsageError(`--parallel is a whole number from 1 to ${mostParallel}.`, usage);
  const handedOver = candidates === undefined ? null : handOverFrom(candidates);
  const atOnce = parallel === undefined ? null : Number(parallel);
  return { force: force ?? null, dryRun: flags["dry-run"] === true, handedOver, parallel: atOnce };
}

function handOverFrom(words: string): HandedOverFolder {
  const [, folder, digest] = /^(.+)@(sha256:[0-9a-f]{64})$/.exec(words) ?? [];
  if (folder !== undefined && digest !== undefined) return { folder, digest };
  // What looks like a digest that is cut or empty is not a folder's name.
  if (words === "" || /@(sha256:[^/]*)?$/.test(words)) {
    throw new UsageError(
      "--candidates must be FOLDER@DIGEST, as `refit train` printed it, or a folder with what `refit train --candidate` wrote.",
      usage,
    );
  }
  return { folder: words, digest: null };
}

function textOf(outcomes: readonly RunResult[], flags: Flags): string {
  if (flags.json === true) return JSON.stringify(answerOf(outcomes) satisfies RunAnswer, null, 2);
  return [...outcomes.flatMap((outcome) => lines(outcome, false)), ...runTable(outcomes)].join("\n");
}

function lines(outcome: RunResult, dryRun: boolean, width: number | null = null): string[] {
  const prose = (texts: readonly string[]) => wrappedProse(texts, width);
  const head = `${outcome.model}: ${outcome.decision}`;
  switch (outcome.decision) {
    case "skipped":
    case "suppressed":
      return [
        ...prose([`${head}: ${heldBackSentence(outcome.heldBack)}.`, ...reasonLines(outcome.reasons)]),
        ...(outcome.nextEligibleAt === null || "until" in outcome.heldBack
          ? []
          : [`  next retrain by ${day(outcome.nextEligibleAt)} (maximum age)`]),
      ];
    case "failed":
      return failedLines(head, outcome.error);
    case "blocked":
      return [
        `${head}. Nothing was promoted, and what is live has not changed.`,
        ...prose([...outcome.findings.flatMap(findingLines), ...outcome.because.flatMap(becauseLines)]),
        ...wayOut(outcome),
        ...(outcome.alert === null ? [] : [`  alert: ${outcome.alert}`]),
      ];
    default:
      return [
        `${head}.`,
        ...prose([
          ...numberLine(outcome.report),
          ...reasonLines(outcome.reasons),
          ...outcome.because.flatMap(becauseLines),
        ]),
        ...(outcome.url === null ? [] : [`  proposal: ${outcome.url}`, `  to promote: ${howToMerge(outcome)}`]),
        ...(outcome.url === null && outcome.kept !== null ? [`  report: refit report ${outcome.model} --last`] : []),
        ...(dryRun ? ["", ...terminalReport(outcome.report, width)] : []),
      ];
  }
}

/** The one number that matters. */
function numberLine({ headline: { number } }: Report): string[] {
  return number === null ? [] : [`  ${terminalText(number)}`];
}

/** A finding's message is written by refit, so it is shown whole. */
function becauseLines(reason: VerdictReason): string[] {
  if (reason.kind === "finding")
    return [`  - ${reason.code}: ${visibleText(reason.message, 1000)}`, `    ${visibleText(reason.hint, 1000)}`];
  return [`  - ${terminalText(verdictReasonSentence(reason))}`];
}

/** What was found, once each: where it is explained, how a column is left out that leaks, and how a suspect is accepted. */
function wayOut({ model, findings, because }: Extract<Outcome, { decision: "blocked" }>): string[] {
  const found = [...findings, ...because.filter((reason) => reason.kind === "finding")];
  const blocking = found.filter(({ severity }) => severity !== "warning");
  const pages = blocking.map(({ code }) => `  ${moreAbout(code, `reference/findings.md#${code}`)}`);
  const accepting = blocking.flatMap((each) => {
    const how = acceptanceOf(model, each);
    if (how === null) return [];
    const command = how.command === null ? [] : [`    or run: ${how.command}`];
    return [`    - ${how.yaml}`, ...command];
  });
  const exclusion = exclusionOf(blocking);
  const leavingOut =
    exclusion === null
      ? []
      : [
          `  If it is known only after the outcome, leave it out: under \`features\` in its model.yaml, and commit:`,
          `    ${exclusion}`,
        ];
  const heading = "  If it is right, accept it: add to `checks.accept` in the data manifest, and commit:";
  return [...new Set(pages), ...leavingOut, ...(accepting.length === 0 ? [] : [heading, ...new Set(accepting)])];
}

function reasonLines(reasons: readonly Reason[]): string[] {
  return reasons.map((reason) => `  because ${terminalText(reasonSentence(reason))}`);
}

function findingLines(finding: Finding): string[] {
  const { severity, code, message, hint } = finding;
  const said = `${visibleText(message, 1000)}${terminalText(acceptedWords(finding))}`;
  return [`  - ${severity} ${code}:${whereOf(finding)} ${said}`, `    ${hint}`];
}

/** The place, unless the message names it. */
function whereOf({ file, line, message }: Finding): string {
  if (file === null) return "";
  const [name, number] = [quoteForTerminal(file), line === undefined ? "" : `line ${line}`];
  const isNamed = message.includes(name) && (number === "" || new RegExp(`\\b${number}\\b`).test(message));
  return isNamed ? "" : ` ${name}${number === "" ? "" : `, ${number}`}:`;
}
