import { cell, heldBackSentence, markdownText, reasonSentence, table, verdictWord } from "@refit/core/report";
import type {
  Diagnosis,
  ToldHandOver,
  ToldPlan,
  ToldPlannedModel,
  RollbackProposal,
  StatusRow,
  TagResult,
  ToldTrainedCandidates,
  ToldTrainedModel,
  Verification,
} from "refit/json";
import { nothing, piece, type Note, type Result } from "./result.ts";

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
    one.verdict ? verdictWord[one.verdict] : "",
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

/** What jobs are given to do. A model that failed stops those after it only where nothing else is to be done. */
export function planResult(json: unknown): Result {
  const { matrix, models } = json as ToldPlan;
  const attention = ["due", "unfinished", "failed", "blocked", "skipped"] as const;
  const first = attention.find((word) => models.some(({ result }) => result === word)) ?? "skipped";
  const rows = models.map((planned) => [planned.model, planned.result, whyPlanned(planned)]);
  return {
    ...nothing,
    decision: first === "due" ? "planned" : first,
    models: models.flatMap(({ model, result }) => (result === "due" ? [model] : [])),
    matrix,
    lines: models.map(({ model, result }) => `${model}: ${result}`),
    ...ofFailed(models, first === "failed"),
    summary: [piece(table(["model", "result", "why"], rows))],
  };
}

function whyPlanned(planned: ToldPlannedModel): string {
  if (planned.result !== "due") return whyNotTrained(planned);
  const reasons = planned.reasons.map((reason) => markdownText(reasonSentence(reason))).join("; ");
  return `${planned.candidates.length} to train: ${reasons}`;
}

/**
 * What is wrong with the data is not a failure: the job says it that takes the candidates and may raise an alert. A model that failed is
 * one only where no other was trained, so that those that were are proposed.
 */
export function trainResult(json: unknown): Result {
  const { candidates, models } = json as Partial<Pick<ToldHandOver, "candidates">> & {
    readonly models: readonly AnyTrained[];
  };
  const attention = ["trained", "unfinished", "failed", "blocked", "skipped"] as const;
  const decision = attention.find((word) => models.some(({ result }) => result === word)) ?? "skipped";
  const rows = models.flatMap(trainedRows);
  const { notes, failure } = ofFailed(models, decision === "failed");
  return {
    ...nothing,
    decision,
    models: models.map(({ model }) => model),
    candidates: candidates ?? null,
    lines: rows.map(([model, result]) => `${model}: ${result}`),
    notes: [...notes, ...models.flatMap(failedCandidates)],
    summary: [piece(table(["model", "result", "why"], rows))],
    failure,
  };
}

/** Of a job that trains all candidates and chooses, or of one that trains some. */
type AnyTrained = ToldTrainedModel | ToldTrainedCandidates;

function trainedRows(trained: AnyTrained): string[][] {
  if (trained.result !== "trained") return [[trained.model, trained.result, whyNotTrained(trained)]];
  if ("reasons" in trained) {
    const reasons = trained.reasons.map((reason) => markdownText(reasonSentence(reason)));
    return [[trained.model, trained.result, reasons.join("; ")]];
  }
  return trained.candidates.map(({ candidate, learner, failure }) => [
    `${trained.model}, candidate ${candidate} (${cell(learner)})`,
    failure === null ? "trained" : "not trained",
    failure === null ? "" : cell(failure),
  ]);
}

/** They do not stop the others, as in a run that trains all of them. */
function failedCandidates(trained: AnyTrained): Note[] {
  if (trained.result !== "trained" || "reasons" in trained) return [];
  return trained.candidates.flatMap(({ candidate, failure }) =>
    failure === null
      ? []
      : [
          {
            severity: "warning",
            title: `${trained.model}: candidate ${candidate}`,
            message: failure,
            file: null,
            line: null,
          },
        ],
  );
}

type NotTrained = Exclude<AnyTrained | ToldPlannedModel, { readonly result: "trained" | "due" }>;

function whyNotTrained(one: NotTrained): string {
  switch (one.result) {
    case "skipped":
      return heldBackSentence(one.heldBack);
    case "unfinished":
      return "an earlier run has already trained it";
    case "failed":
      return cell(`${one.error.message} ${one.error.hint}`);
    case "blocked":
      return "the data were refused; the job that proposes says why";
  }
}

function ofFailed(
  models: readonly (AnyTrained | ToldPlannedModel)[],
  isFailure: boolean,
): Pick<Result, "notes" | "failure"> {
  const failed = models.flatMap((each) => (each.result === "failed" ? [each] : []));
  const notes = failed.map(({ model, error }) => ({
    severity: "error" as const,
    title: `${model}: ${error.code}`,
    message: `${error.message} ${error.hint}`,
    file: null,
    line: null,
  }));
  const names = failed.map(({ model }) => model).join(", ");
  return { notes, failure: isFailure ? `${names}: failed; the job summary says why.` : null };
}

const words: Partial<Record<TagResult["result"], string>> = {
  restored: "live again after a rollback; the model that it replaced is not proposed again for the same inputs",
};

export function promoteResult(json: unknown): Result {
  const tags = json as readonly TagResult[];
  const made = tags.filter(({ result }) => result === "created");
  const odd = tags.filter(({ result }) => result === "history-rewritten");
  const broken = tags.filter(({ result }) => result === "broken");
  const back = tags.filter(({ result }) => result === "restored");
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
