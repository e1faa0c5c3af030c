import { answerOf, type PlanAnswer } from "@refit/core/answers";
import { UsageError } from "@refit/core/errors";
import { mostMatrixJobs } from "@refit/core/history";
import { columns, counted, heldBackSentence, reasonSentence, terminalText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { JobPlan, PlannedModel } from "../runs/plan-models.ts";
import type { Flags } from "./command.ts";
import { failedLines } from "./failed-lines.ts";
import { limitHelp, limitOption } from "./limits.ts";

export const usage =
  "refit plan [model…] [--by model|candidate] [--affected REF] [--jobs N] [--force REASON] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
export const summary =
  "Show which models are due, and divide their training among jobs, as a matrix for a GitHub workflow. Trains and writes nothing.";
export const examples = [
  ["refit plan --json", "a job for each model that is due"],
  ["refit plan --by candidate --jobs 20 --json", "a job for each training, at most 20"],
] as const;
export const options = {
  by: { type: "string" },
  affected: { type: "string" },
  jobs: { type: "string" },
  force: { type: "string" },
  ...limitOption,
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  by: "what one job gets: a model, for `refit run` (the default), or a candidate, for `refit train --candidate`",
  affected:
    "only models that are affected by the changes from this commit or branch to the base branch, as in `refit affected`",
  jobs: `at most this many jobs, 1 to ${mostMatrixJobs} (the default, and the maximum of GitHub); where there is more to do, a job gets several`,
  force: "plan as if a retrain were due, for this reason, whatever the triggers and the cool-down say",
  ...limitHelp,
  json: "print the matrix, and the result for each model, as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const { by = "model", jobs = String(mostMatrixJobs), force, affected = null } = flags;
  if (by !== "model" && by !== "candidate") throw new UsageError("--by is model or candidate.", usage);
  if (!/^[1-9]\d{0,2}$/.test(jobs) || Number(jobs) > mostMatrixJobs) {
    throw new UsageError(`--jobs is a whole number from 1 to ${mostMatrixJobs}.`, usage);
  }
  if (force?.trim() === "") throw new UsageError("--force needs a reason.", usage);
  const { planModels } = await import("../runs/plan-models.ts");
  const plan = await planModels(ports, args, { by, force: force ?? null, jobs: Number(jobs), affected, usage });
  if (flags.json === true) ports.out.print(JSON.stringify(answerOf(plan) satisfies PlanAnswer, null, 2));
  else for (const line of lines(plan, by)) ports.out.print(line);
  return plan.models.some(({ result }) => result === "failed") ? 2 : 0;
}

function lines({ matrix: { include }, models }: JobPlan, by: string): string[] {
  const failed = models.flatMap(({ model, result }) => (result === "failed" ? [model] : []));
  const due = models.filter(({ result }) => result === "due").length;
  const share = by === "model" && include.length < due ? ` for ${counted(due, "model")}` : `, one per ${by}`;
  const jobs = include.length === 0 ? [] : [`${counted(include.length, "job")}${share}.`];
  const failures = failed.length === 0 ? [] : [`${counted(failed.length, "model")} failed: ${failed.join(", ")}.`];
  const end = [...jobs, ...failures].join(" ");
  return [...models.flatMap((each) => modelLines(each, by)), end === "" ? "There is nothing to do." : end];
}

function modelLines(planned: PlannedModel, by: string): string[] {
  const head = `${planned.model}: ${planned.result}`;
  switch (planned.result) {
    case "due": {
      const reasons = planned.reasons.map((reason) => `  because ${terminalText(reasonSentence(reason))}`);
      if (by === "model") return [`${head}.`, ...reasons];
      const rows = planned.candidates.map(({ candidate, learner, digest }) => [`  ${candidate}`, learner, digest]);
      return [`${head}.`, ...reasons, ...columns(rows)];
    }
    case "skipped":
      return [`${head}: ${heldBackSentence(planned.heldBack)}.`];
    case "unfinished":
      return [`${head}: an earlier run has already trained it; the next \`refit run\` proposes it.`];
    case "failed":
      return failedLines(head, planned.error);
    case "blocked":
      return [`${head}: the data were refused; \`refit run\` says why and opens the alert.`];
  }
}
