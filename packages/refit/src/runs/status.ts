import { proposalBranch } from "@refit/core/history";
import { day } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { liveFormatError } from "../versions/live-format.ts";
import { readModelHistory } from "../versions/model-history.ts";
import { listModels } from "../versions/models.ts";
import { openProposal } from "../versions/open-proposal.ts";

type StatusPorts = Pick<Ports, "git" | "files" | "forge" | "out">;

export interface ModelStatus {
  readonly model: string;
  readonly state: string;
  /** `v3`; `null`: none is live. */
  readonly version: string | null;
  /** Day on which it went live, such as `2026-06-01`. */
  readonly since: string | null;
  /** Where the open proposal is; `null`: there is none. */
  readonly proposal: string | null;
}

/** Every model on the base branch: what is live, and what waits for review. */
export async function modelStatuses(ports: StatusPorts, repository: Repository): Promise<readonly ModelStatus[]> {
  const statuses: ModelStatus[] = [];
  for (const model of await listModels(ports, repository)) {
    const { history } = await readModelHistory(ports, repository, model);
    const open = await openProposal(ports, repository, proposalBranch(model));
    const { champion, state } = history;
    const newer = liveFormatError(model, history);
    if (newer !== null) ports.out.notice(`${newer.message} ${newer.hint}`);
    statuses.push({
      model,
      state,
      version: champion && `v${champion.number}`,
      since: champion && day(history.events.at(-1)!.commit.committedAt),
      proposal: open?.url ?? null,
    });
  }
  return statuses;
}
