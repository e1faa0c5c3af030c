import { UsageError } from "@refit/core/errors";
import { day } from "@refit/core/report";
import { liveFormatError } from "../versions/live-format.ts";
import { readModelHistory } from "../versions/model-history.ts";
import { listModels } from "../versions/models.ts";
import type { Ports } from "../ports/index.ts";
import { proposalBranch } from "@refit/core/history";
import { openProposal } from "../versions/open-proposal.ts";
import { columns } from "@refit/core/report";
import type { Flags } from "./command.ts";

export const usage = "refit status [--json]";
export const summary = "Show every model: which version is live, since when, and which proposal waits for review.";
export const options = { json: { type: "boolean" } } as const;
export const optionHelp = { json: "print the table as JSON" };

export interface Row {
  readonly model: string;
  readonly state: string;
  readonly version: string | null;
  readonly since: string | null;
  readonly proposal: string | null;
}

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (args.length > 0) throw new UsageError("status takes no arguments.", usage);
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  const rows: Row[] = [];
  for (const model of await listModels(ports, repository)) {
    const { history } = await readModelHistory(ports, repository, model);
    const open = await openProposal(ports, repository, proposalBranch(model));
    const { champion, state } = history;
    const newer = liveFormatError(model, history);
    if (newer !== null) ports.out.notice(`${newer.message} ${newer.hint}`);
    rows.push({
      model,
      state,
      version: champion && `v${champion.number}`,
      since: champion && day(history.events.at(-1)!.commit.committedAt),
      proposal: open?.url ?? null,
    });
  }
  if (flags.json === true) {
    ports.out.print(JSON.stringify(rows, null, 2));
    return 0;
  }
  if (rows.length === 0) ports.out.print("There is no model on the base branch yet; create one with `refit init`.");
  const table = rows.map(({ model, state, version, since, proposal }) => [
    model,
    state,
    version ?? "–",
    since === null ? "" : `since ${since}`,
    proposal === null ? "" : `proposal open: ${proposal}`,
  ]);
  for (const line of columns(table)) ports.out.print(line);
  return 0;
}
