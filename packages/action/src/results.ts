import { markdownRunTable } from "@refit/core/report";
import type { CommandName } from "./choose-commands.ts";
import { alertOf, type Foreseen, outcomeLine, outcomePiece } from "./outcome-text.ts";
import { dashboardResult } from "./dashboard-result.ts";
import {
  doctorResult,
  planResult,
  promoteResult,
  rollbackResult,
  statusResult,
  trainResult,
  verifyResult,
} from "./other-results.ts";
import { nothing, piece, type Note, type PullRequest, type Result } from "./result.ts";
import type { ToldRun } from "refit/json";

/** Of several models, the one that needs most attention comes first. */
const attention = ["failed", "blocked", "proposed", "updated", "inconclusive", "rejected", "suppressed", "skipped"];

/**
 * @param json what the command printed with `--json`, parsed.
 * @param home the repository's address, such as `https://github.com/octo/demo`; `null`: not known.
 */
export function readResult(command: CommandName, json: unknown, home: string | null = null): Result {
  const { error } = json as { readonly error?: Foreseen };
  if (error !== undefined) return failed(error, home);
  switch (command) {
    case "run":
      return runResult(json as ToldRun[], home);
    case "plan":
      return planResult(json);
    case "train":
    case "choose":
      return trainResult(json);
    case "verify":
      return verifyResult(json);
    case "promote":
      return promoteResult(json);
    case "rollback":
      return rollbackResult(json);
    case "status":
      return statusResult(json);
    case "doctor":
      return doctorResult(json);
    case "dashboard":
      return dashboardResult(json);
  }
}

function failed(error: Foreseen, home: string | null): Result {
  const failure = `${error.message} ${error.hint} (${error.code})`;
  return { ...nothing, decision: "failed", failure, lines: [failure], summary: [piece(alertOf(error, home))] };
}

function runResult(outcomes: readonly ToldRun[], home: string | null): Result {
  const sorted = outcomes.toSorted((a, b) => attention.indexOf(a.decision) - attention.indexOf(b.decision));
  const first = sorted[0];
  if (first === undefined) return { ...nothing, lines: ["There is no model here yet; create one with `refit init`."] };
  const reports = outcomes.flatMap((outcome) =>
    "report" in outcome && outcome.report !== null
      ? [[outcome.model, { report: outcome.report, kept: outcome.kept }] as const]
      : [],
  );
  return {
    decision: first.decision,
    models: outcomes.map(({ model }) => model),
    pullRequests: pullRequestsOf(sorted),
    verdict: verdictOf(first),
    version: "version" in first ? first.version : null,
    candidates: null,
    matrix: null,
    asked: null,
    reports: new Map(reports),
    foremost: first.model,
    lines: outcomes.map(outcomeLine),
    notes: outcomes.flatMap(notesOf),
    summary: [
      ...(outcomes.length > 1 ? [piece(markdownRunTable(outcomes))] : []),
      ...outcomes.map((outcome) => outcomePiece(outcome, home)),
    ],
    failure: failureOf(outcomes),
  };
}

/** What two runs of one step came to, for its outputs: a model of both counts by the run that needs more attention. Pure. */
export function joinRuns(first: Result, second: Result): Result {
  const isFirst = attention.indexOf(first.decision) <= attention.indexOf(second.decision);
  const [foremost, other] = isFirst ? [first, second] : [second, first];
  const proposed = new Set(foremost.pullRequests.map(({ model }) => model));
  return {
    ...foremost,
    models: [...new Set([...first.models, ...second.models])],
    pullRequests: [...foremost.pullRequests, ...other.pullRequests.filter(({ model }) => !proposed.has(model))],
    reports: new Map([...other.reports, ...foremost.reports]),
  };
}

function failureOf(outcomes: readonly ToldRun[]): string | null {
  const sentences = (["failed", "blocked"] as const).flatMap((word) => {
    const models = outcomes.flatMap(({ model, decision }) => (decision === word ? [model] : []));
    return models.length === 0 ? [] : [`${models.join(", ")}: ${word}.`];
  });
  if (sentences.length === 0) return null;
  return `${sentences.join(" ")} Nothing of that was promoted; the job summary says why.`;
}

function pullRequestsOf(outcomes: readonly ToldRun[]): PullRequest[] {
  return outcomes.flatMap((outcome) => {
    if (!("url" in outcome) || outcome.url === null) return [];
    const operation = ("operation" in outcome && outcome.operation) || "unchanged";
    return [{ model: outcome.model, url: outcome.url, operation }];
  });
}

/** What an earlier run compared and this one has shown has no evidence any more; its decision says the verdict. */
function verdictOf(outcome: ToldRun): string | null {
  if ("evidence" in outcome && outcome.evidence !== null) return outcome.evidence.verdict.kind;
  return verdicts[outcome.decision] ?? null;
}

const verdicts: Partial<Record<ToldRun["decision"], string>> = {
  proposed: "promote",
  updated: "promote",
  inconclusive: "inconclusive",
  rejected: "hold",
};

function notesOf(outcome: ToldRun): Note[] {
  if (outcome.decision !== "blocked") return [];
  return outcome.findings.map(({ severity, code, file, line, message, hint }) => ({
    severity: severity === "warning" ? "warning" : "error",
    title: `${outcome.model}: ${code}`,
    message: `${message} ${hint}`,
    file,
    line: line ?? null,
  }));
}
