import {
  heldBackSentence,
  reasonSentence,
  UsageError,
  verdictReasonSentence,
  visibleText,
  type Finding,
  type Reason,
} from "@refit/core";
import { fetched } from "../fetched.ts";
import { listModels } from "../models.ts";
import { exitCodeOf, type Outcome } from "../outcome.ts";
import type { Ports } from "../ports.ts";
import { run as runModel } from "../run.ts";
import { quoteForTerminal } from "../terminal-text.ts";
import type { Flags } from "./command.ts";

export const usage = "refit run [model…|--all] [--force REASON] [--dry-run] [--json]";
export const summary = "Check the data, decide, retrain, compare with the champion, and propose the result.";
export const options = {
  all: { type: "boolean" },
  force: { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  all: "every model (the default when none is named)",
  force: "retrain now for this reason, whatever cool-down and triggers say",
  "dry-run": "read the work tree, print the proposal, write nothing",
  json: "print the outcomes as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (flags.force?.trim() === "") throw new UsageError("--force needs a reason in words.", usage);
  const dryRun = flags["dry-run"] === true;
  const repository = await fetched(ports, dryRun);
  for (const notice of repository.notices) ports.out.notice(notice);
  const models = args.length > 0 ? args : await listModels(ports, repository);
  if (models.length === 0) ports.out.notice("There is no model here yet; `refit init` makes one.");

  const outcomes: Outcome[] = [];
  for (const model of models) {
    const outcome = await runModel(ports, repository, { model, force: flags.force ?? null, dryRun });
    outcomes.push(outcome);
    if (flags.json !== true) for (const line of lines(outcome, dryRun)) ports.out.print(line);
  }
  if (flags.json === true) ports.out.print(JSON.stringify(outcomes, null, 2));
  return Math.max(0, ...outcomes.map(exitCodeOf));
}

function lines(outcome: Outcome, dryRun: boolean): string[] {
  const head = `${outcome.model}: ${outcome.decision}`;
  switch (outcome.decision) {
    case "skipped":
    case "suppressed":
      return [`${head}: ${heldBackSentence(outcome.heldBack)}.`, ...reasonLines(outcome.reasons)];
    case "blocked":
      return [
        `${head}. Nothing was promoted; the champion stays as it is.`,
        ...outcome.findings.map(findingLine),
        ...outcome.because.map((reason) => `  - ${verdictReasonSentence(reason, quoteForTerminal)}`),
        ...(outcome.alert === null ? [] : [`  alert: ${outcome.alert}`]),
      ];
    default:
      return [
        `${head}.`,
        ...reasonLines(outcome.reasons),
        ...outcome.because.map((reason) => `  - ${verdictReasonSentence(reason, quoteForTerminal)}`),
        ...(outcome.url === null ? [] : [`  proposal: ${outcome.url}`, `  to promote: git merge ${outcome.branch}`]),
        ...(dryRun ? ["", outcome.report] : []),
      ];
  }
}

function reasonLines(reasons: readonly Reason[]): string[] {
  return reasons.map((reason) => `  because ${reasonSentence(reason, quoteForTerminal)}`);
}

function findingLine({ severity, code, file, line, message, hint }: Finding): string {
  const where = file === null ? "" : ` ${quoteForTerminal(file)}${line === undefined ? "" : `, line ${line}`}:`;
  return `  - ${severity} ${code}:${where} ${visibleText(message, 1000)}\n    ${hint}`;
}
