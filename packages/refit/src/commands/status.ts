import { UsageError } from "@refit/core/errors";
import { columns, counted, dueSentences, formatNumber, learnedWords } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { type ModelStatus, modelStatuses } from "../runs/status.ts";
import type { Flags } from "./command.ts";

export const usage = "refit status [--offline] [--json]";
export const summary =
  "Show every model: which version is live, since when, what it has learned, what blocks it, what is due next, and which proposal waits.";
export const examples = [
  ["refit status", "every model"],
  ["refit status --offline --json", "what this clone knows, for programs"],
] as const;
export const options = { offline: { type: "boolean" }, json: { type: "boolean" } } as const;
export const optionHelp = {
  offline: "say what this clone knows; default: where the remote is on GitHub and GITHUB_TOKEN is set, GitHub is asked",
  json: "print the table as JSON",
};
export const asksForge = true;

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (args.length > 0) throw new UsageError("status takes no arguments.", usage);
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  const statuses = await modelStatuses(ports, repository);
  if (ports.publication.unasked !== null) ports.out.notice(ports.publication.unasked);
  if (flags.json === true) {
    ports.out.print(JSON.stringify(statuses, null, 2));
    return 0;
  }
  if (statuses.length === 0) ports.out.print("There is no model on the base branch yet; create one with `refit init`.");
  const table = statuses.map((status) => [
    status.model,
    status.state,
    status.version ?? "–",
    status.since === null ? "" : `since ${status.since}`,
    learnedColumn(status),
    performanceWords(status),
    status.blocked === null ? "" : `blocked in ${counted(status.blocked.runs, "run")} since ${status.blocked.since}`,
    proposalWords(status),
  ]);
  for (const [i, line] of columns(table).entries()) {
    ports.out.print(line);
    const { next } = statuses[i]!;
    for (const sentence of next === null ? [] : dueSentences(next)) ports.out.print(`  ${sentence}`);
  }
  return 0;
}

function learnedColumn({ learnedUntil, learnedDaysAgo, declared }: ModelStatus): string {
  const words = learnedWords({ until: learnedUntil, isDeclared: declared }) ?? "";
  return learnedDaysAgo === null ? words : `${words} (${counted(learnedDaysAgo, "day")} ago)`;
}

function performanceWords({ performance }: ModelStatus): string {
  if (performance === null) return "";
  const { metric, before, now } = performance;
  return `${metric} ${formatNumber(now)} since (${formatNumber(before)} when judged)`;
}

function proposalWords({ proposal, proposalState }: ModelStatus): string {
  return proposal === null ? "" : `proposal ${proposalState!.replace("-", " ")}: ${pullNumber(proposal)}${proposal}`;
}

/** As people speak of a pull request, before its address; nothing for a page in this clone. */
function pullNumber(url: string): string {
  const number = /\/pull\/(\d+)$/.exec(url)?.[1];
  return number === undefined ? "" : `#${number} `;
}
