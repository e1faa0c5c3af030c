import { UsageError } from "@refit/core/errors";
import { columns } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { modelStatuses } from "../runs/status.ts";
import type { Flags } from "./command.ts";

export const usage = "refit status [--offline] [--json]";
export const summary = "Show every model: which version is live, since when, and which proposal waits for review.";
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
  const table = statuses.map(({ model, state, version, since, learnedUntil, proposal, proposalState }) => [
    model,
    state,
    version ?? "–",
    since === null ? "" : `since ${since}`,
    learnedUntil === null ? "" : `learned until ${learnedUntil}`,
    proposal === null ? "" : `proposal ${proposalState!.replace("-", " ")}: ${pullNumber(proposal)}${proposal}`,
  ]);
  for (const line of columns(table)) ports.out.print(line);
  return 0;
}

/** As people speak of a pull request, before its address; nothing for a page in this clone. */
function pullNumber(url: string): string {
  const number = /\/pull\/(\d+)$/.exec(url)?.[1];
  return number === undefined ? "" : `#${number} `;
}
