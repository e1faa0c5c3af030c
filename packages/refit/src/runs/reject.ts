import { NothingToRejectError } from "@refit/core/errors";
import { championFolder, proposalBranch, type Lineage, type RowOf } from "@refit/core/history";
import { declinedRow } from "../ledger/declined-row.ts";
import { appendLedger, readLedger } from "../ledger/ledger.ts";
import type { Ports } from "../ports/index.ts";
import { despiteRaces } from "./despite-races.ts";
import type { Repository } from "../ports/repository.ts";
import { fetched, type FetchPorts } from "../versions/fetched.ts";
import { openProposal } from "../versions/open-proposal.ts";
import { readLineage } from "../versions/read-lineage.ts";

type DeclinePorts = Pick<Ports, "ancestry" | "git" | "branches" | "forge">;
type RejectPorts = DeclinePorts & FetchPorts & Pick<Ports, "clock" | "files">;

export interface Rejection {
  readonly model: string;
  /** Why, in a person's words; `null`: not said. */
  readonly reason: string | null;
  /** Write nothing. */
  readonly dryRun: boolean;
}

/**
 * Declines the open proposal: its inputs are not proposed again.
 *
 * @returns the input digest of what was declined.
 * @throws NothingToRejectError
 */
export function reject(ports: RejectPorts, rejection: Rejection): Promise<string> {
  return despiteRaces(() => rejectOnce(ports, rejection));
}

async function rejectOnce(ports: RejectPorts, { model, reason, dryRun }: Rejection): Promise<string> {
  const repository = await fetched(ports, dryRun);
  const branch = proposalBranch(model);
  const ref = `refs/heads/${branch}`;
  const local = await ports.git.resolve(ref);
  const shared = repository.remote && (await ports.git.resolve(`refs/remotes/${repository.remote}/${branch}`));
  const open = await openProposal(ports, repository, branch);
  const head = open?.head ?? shared ?? local;
  const lineage =
    head && (await readLineage(ports, repository, `${head}:${championFolder(model, repository)}/lineage.json`));
  if (!lineage || (open === null && !(await wasDeclined(ports, repository, lineage)))) {
    throw new NothingToRejectError(model);
  }
  if (!dryRun) {
    const row = declinedRow(lineage, ports.clock.now(), reason ?? undefined);
    await decline(ports, repository, row, { ref, local, shared });
  }
  return lineage.inputDigest;
}

/** A command that was cut short leaves a closed proposal with its branch; the same command then ends its work. */
async function wasDeclined(
  ports: Pick<Ports, "ancestry" | "git" | "files">,
  repository: Repository,
  { model, inputDigest, parent }: Lineage,
) {
  const { rows } = await readLedger(ports, repository, model);
  return rows.some((row) => row.kind === "declined" && row.inputDigest === inputDigest && row.parent === parent);
}

async function decline(
  ports: DeclinePorts,
  repository: Repository,
  row: RowOf<"declined">,
  { ref, local, shared }: { readonly ref: string; readonly local: string | null; readonly shared: string | null },
): Promise<void> {
  const at = Date.parse(row.at);
  await appendLedger(ports, repository, { rows: [row], files: new Map(), at });
  const remark = { model: row.model, branch: proposalBranch(row.model), sentence: "Declined by a person." };
  await ports.forge.ensureRemark(repository, { ...remark, closes: true, at });
  if (shared && (await isOurs(shared))) await ports.branches.push(repository, [{ ref, id: null, expected: shared }]);
  if (local && (await isOurs(local))) await ports.branches.updateRefs(repository, [{ ref, id: null, expected: local }]);

  /** Somebody's commit is not ours to delete. */
  function isOurs(head: string): Promise<boolean> {
    return ports.ancestry.isReplaceable(repository, proposalBranch(row.model), head);
  }
}
