import { answerOf } from "@refit/core/answers";
import { isOverdue } from "@refit/core/decide";
import { UsageError } from "@refit/core/errors";
import { attentionLines, statusCells, statusColumns, statusSentences } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { modelStatuses } from "../runs/status.ts";
import type { Flags } from "./command.ts";
import { printSentence, printTable } from "./print-table.ts";

export const usage = "refit status [model…] [--fail-on attention] [--offline] [--json]";
export const summary =
  "Show every model, or the named ones in full: what is live, how it is doing, what is due next, and what needs a person. Reads no data.";
export const examples = [
  ["refit status", "every model"],
  ["refit status --offline --json", "what this clone knows, for programs"],
] as const;
export const options = {
  "fail-on": { type: "string" },
  offline: { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  "fail-on":
    "attention: exit with 4 where anything needs a person; a proposal or a rejected candidate counts once it is more than 7 days old",
  offline:
    "use only what this clone knows; default: where the remote is on GitHub and GITHUB_TOKEN is set, GitHub is asked",
  json: "print the table as JSON",
};
export const asksForge = true;

/** Something needs a person, and `--fail-on attention` asked for it. */
const needsPerson = 4;

export async function run(ports: Ports, models: readonly string[], flags: Flags): Promise<number> {
  const failOn = flags["fail-on"];
  if (failOn !== undefined && failOn !== "attention")
    throw new UsageError(`--fail-on knows "attention" only, not "${failOn}".`, usage);
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  const statuses = await modelStatuses(ports, repository, models);
  if (ports.publication.unasked !== null) ports.out.notice(ports.publication.unasked);
  const now = ports.clock.now();
  const isAnyOverdue = statuses.some(({ attention }) => attention.some((each) => isOverdue(each, now)));
  const exitCode = failOn !== undefined && isAnyOverdue ? needsPerson : 0;
  if (flags.json === true) {
    ports.out.print(JSON.stringify(answerOf(statuses), null, 2));
    return exitCode;
  }
  if (statuses.length === 0) ports.out.print("There is no model on the base branch yet; create one with `refit init`.");
  const inFull = models.length > 0 || statuses.length === 1;
  const rows = statuses.map((status) => statusCells(status, now));
  printTable(ports.out, statusColumns, rows, (i) => (inFull ? statusSentences(statuses[i]!, now) : []));
  if (inFull) return exitCode;
  const lines = attentionLines(statuses, now);
  if (lines.length > 0) ports.out.print("");
  for (const line of lines) printSentence(ports.out, line);
  return exitCode;
}
