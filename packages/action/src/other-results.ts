import { cell, heldBackSentence, markdownText, reasonSentence, table } from "@refit/core/report";
import type {
  Diagnosis,
  HandedOver,
  RollbackProposal,
  StatusRow,
  TagResult,
  TrainedModel,
  Verification,
} from "refit/json";
import { nothing, piece, type Result } from "./result.ts";

export function verifyResult(json: unknown): Result {
  const results = json as readonly Verification[];
  const worst = ["failed", "valid", "rollback", "unchanged"];
  const first = results.toSorted((a, b) => worst.indexOf(a.result) - worst.indexOf(b.result))[0];
  const bad = results.filter(({ result }) => result === "failed");
  const found = ({ problems, weakened }: Verification) => [
    ...problems,
    ...weakened.map((clause) => `This change weakens the checks: ${clause}. Those of the base branch were used.`),
  ];
  const rows = results.map((one) => [
    cell(one.model),
    one.result,
    one.verdict ?? "",
    [titleOf(one), ...found(one)].map(cell).join("<br>"),
  ]);
  return {
    ...nothing,
    decision: first?.result ?? "unchanged",
    models: results.map(({ model }) => model),
    verdict: first?.verdict ?? null,
    lines: results.flatMap((one) => [`${one.model}: ${one.result}. ${titleOf(one)}.`, ...found(one)]),
    notes: bad.flatMap(({ model, problems }) =>
      problems.map((message) => ({ severity: "error" as const, title: model, message, file: null, line: null })),
    ),
    summary: [piece(table(["model", "result", "verdict", "what was found"], rows))],
    failure: bad.length === 0 ? null : bad.map(({ model, problems }) => `${model}: ${problems.join(" ")}`).join(" "),
  };
}

/** The workspace's own refit may be older than the action, and then it says no title. */
const titleOf = ({ title, result }: Partial<Verification>) => title ?? result ?? "";

/**
 * What is wrong with the data is not a failure: the job says it that takes the candidates and may raise an alert. A model that failed is
 * one only where no other was trained, so that those that were are proposed.
 */
export function trainResult(json: unknown): Result {
  const { candidates, models } = json as HandedOver;
  const attention = ["trained", "unfinished", "failed", "blocked", "skipped"] as const;
  const decision = attention.find((word) => models.some(({ result }) => result === word)) ?? "skipped";
  const failed = models.flatMap((each) => (each.result === "failed" ? [each] : []));
  const rows = models.map((trained) => [trained.model, trained.result, whyTrained(trained)]);
  return {
    ...nothing,
    decision,
    models: models.map(({ model }) => model),
    candidates,
    lines: models.map(({ model, result }) => `${model}: ${result}`),
    notes: failed.map(({ model, error }) => ({
      severity: "error",
      title: `${model}: ${error.code}`,
      message: `${error.message} ${error.hint}`,
      file: null,
      line: null,
    })),
    summary: [piece(table(["model", "result", "why"], rows))],
    failure:
      decision === "failed"
        ? `${failed.map(({ model }) => model).join(", ")}: failed; the job summary says why.`
        : null,
  };
}

function whyTrained(trained: TrainedModel): string {
  switch (trained.result) {
    case "trained":
      return trained.reasons.map((reason) => markdownText(reasonSentence(reason))).join("; ");
    case "skipped":
      return heldBackSentence(trained.heldBack);
    case "unfinished":
      return "an earlier run has already trained it";
    case "failed":
      return cell(`${trained.error.message} ${trained.error.hint}`);
    case "blocked":
      return "the data were refused; the job that proposes says why";
  }
}

const words: Partial<Record<TagResult["result"], string>> = {
  "live-again": "live again after a rollback; the model that it replaced is not proposed again for the same inputs",
};

export function promoteResult(json: unknown): Result {
  const tags = json as readonly TagResult[];
  const made = tags.filter(({ result }) => result === "created");
  const odd = tags.filter(({ result }) => result === "history-rewritten");
  const broken = tags.filter(({ result }) => result === "broken");
  const back = tags.filter(({ result }) => result === "live-again");
  const newer = tags.filter(({ result }) => result === "format-newer");
  const told = [...made, ...odd, ...broken, ...newer, ...back];
  return {
    ...nothing,
    decision: made.length > 0 ? "promoted" : back.length > 0 ? "rollback" : "unchanged",
    models: [...new Set(tags.map(({ model }) => model))],
    version: (made.at(-1) ?? tags.at(-1))?.version ?? null,
    lines: told.map(({ tag, result }) => `${tag}: ${words[result] ?? result}`),
    notes: odd.map(({ tag }) => ({
      severity: "warning" as const,
      title: "history-rewritten",
      message: `The tag ${tag} does not point to the version that history has under this number. The tag was not changed.`,
      file: null,
      line: null,
    })),
    summary:
      told.length === 0
        ? []
        : [
            piece(
              table(
                ["tag", "result"],
                told.map(({ tag, result }) => [cell(tag), words[result] ?? result]),
              ),
            ),
          ],
    failure:
      failureOf(broken, "the folder does not match its lineage.json. Fix it, or roll back.") ??
      failureOf(newer, "a newer refit wrote this version. Raise the tag in the `uses:` line of this action."),
  };
}

function failureOf(tags: readonly TagResult[], what: string): string | null {
  return tags.length === 0 ? null : `${tags.map(({ tag }) => tag).join(", ")}: ${what}`;
}

export function rollbackResult(json: unknown): Result {
  const { model, to, url, branch, operation } = json as RollbackProposal;
  const line = `${model}: a rollback to v${to} is ${url === null ? "possible" : `proposed on ${branch}: ${url}`}`;
  return {
    ...nothing,
    decision: "proposed",
    models: [model],
    pullRequests: url === null ? [] : [{ model, url, operation: operation ?? "unchanged" }],
    lines: [line],
    summary: [piece(line)],
  };
}

export function statusResult(json: unknown): Result {
  const rows = json as readonly StatusRow[];
  const cells = rows.map(({ model, state, version, since, proposal }) => [
    model,
    state,
    version ?? "–",
    since ?? "",
    proposal ?? "",
  ]);
  return {
    ...nothing,
    decision: "reported",
    models: rows.map(({ model }) => model),
    lines: rows.map(({ model, state, version }) => `${model}: ${state}${version === null ? "" : ` ${version}`}`),
    summary: [piece(table(["model", "state", "version", "since", "open proposal"], cells))],
  };
}

export function doctorResult(json: unknown): Result {
  const found = json as readonly Diagnosis[];
  const errors = found.filter(({ severity }) => severity === "error");
  return {
    ...nothing,
    decision: errors.length > 0 ? "failed" : "healthy",
    lines: found.map(({ severity, what, fix }) => `${severity}: ${what} ${fix}`),
    notes: found.map(({ severity, what, fix }) => ({
      severity,
      title: "refit doctor",
      message: `${what} ${fix}`,
      file: null,
      line: null,
    })),
    summary: [
      piece(
        found.length === 0
          ? "No problems found."
          : table(
              ["severity", "what", "fix"],
              found.map(({ severity, what, fix }) => [severity, cell(what), cell(fix)]),
            ),
      ),
    ],
    failure: errors.length === 0 ? null : `${errors.length} findings must be fixed; the job summary lists them.`,
  };
}
