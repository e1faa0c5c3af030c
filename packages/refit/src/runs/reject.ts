import { NothingToRejectError } from "@refit/core/errors";
import { groupBranch, proposalBranch, type Lineage, type RowOf } from "@refit/core/history";
import { declinedRow } from "../ledger/declined-row.ts";
import { appendLedger, readLedger } from "../ledger/ledger.ts";
import type { Ports } from "../ports/index.ts";
import { despiteRaces } from "./despite-races.ts";
import type { Repository } from "../ports/repository.ts";
import { fetched, type FetchPorts } from "../versions/fetched.ts";
import { groupOf, membersOf, proposedIn } from "./proposal-groups.ts";
import { openProposal } from "../versions/open-proposal.ts";
import { proposedFolder } from "../versions/proposed-folder.ts";
import { readLineage } from "../versions/read-lineage.ts";
import { historyOfNamed } from "../versions/unknown-model.ts";

type DeclinePorts = Pick<Ports, "ancestry" | "git" | "branches" | "forge">;
type RejectPorts = DeclinePorts & FetchPorts & Pick<Ports, "clock" | "files" | "learners">;

export interface Rejection {
  readonly model: string;
  /** Why, in a person's words; `null`: not said. */
  readonly reason: string | null;
  /** Write nothing. */
  readonly dryRun: boolean;
}

/** A version of one model that a person said no to. */
export interface Declined {
  readonly model: string;
  readonly inputDigest: string;
}

/**
 * Declines the open proposal: its inputs are not proposed again. That of a group is declined for all models whose versions it brings.
 *
 * @returns what was declined, the model itself first where it is among them.
 * @throws NothingToRejectError
 */
export function reject(ports: RejectPorts, rejection: Rejection): Promise<readonly Declined[]> {
  return despiteRaces(() => rejectOnce(ports, rejection));
}

async function rejectOnce(ports: RejectPorts, { model, reason, dryRun }: Rejection): Promise<readonly Declined[]> {
  const repository = await fetched(ports, dryRun);
  const group = await groupOf(ports, repository, model);
  const branch = group === null ? proposalBranch(model) : groupBranch(group);
  const ref = `refs/heads/${branch}`;
  const local = await ports.git.resolve(ref);
  const shared = repository.remote && (await ports.git.resolve(`refs/remotes/${repository.remote}/${branch}`));
  const open = await openProposal(ports, repository, branch);
  const head = open?.head ?? shared ?? local;
  const members = group === null ? [model] : await membersOf(ports, repository, group);
  // A branch of a group has the folders of its other models as the base branch had them.
  const proposed = head === null || group === null ? members : await proposedIn(ports, repository, head, members);
  const lineages = head === null ? [] : await lineagesAt(ports, repository, head, proposed);
  if (lineages.length === 0 || (open === null && !(await wereDeclined(ports, repository, lineages)))) {
    await historyOfNamed(ports, repository, model);
    throw new NothingToRejectError(model);
  }
  if (!dryRun) {
    const rows = lineages.map((lineage) => declinedRow(lineage, ports.clock.now(), reason ?? undefined));
    await decline(ports, repository, rows, { branch, ref, local, shared });
  }
  const isNamed = (each: Lineage) => each.model === model;
  return lineages
    .toSorted((a, b) => Number(isNamed(b)) - Number(isNamed(a)))
    .map((lineage) => ({ model: lineage.model, inputDigest: lineage.inputDigest }));
}

async function lineagesAt(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  head: string,
  models: readonly string[],
): Promise<readonly Lineage[]> {
  const lineages = await Promise.all(
    models.map(async (model) => {
      const folder = await proposedFolder(ports, repository, model, head);
      return readLineage(ports, repository, `${head}:${folder}/lineage.json`);
    }),
  );
  return lineages.filter((lineage) => lineage !== null);
}

/** A command that was cut short leaves a closed proposal with its branch; the same command then ends its work. */
async function wereDeclined(
  ports: Pick<Ports, "ancestry" | "git" | "files">,
  repository: Repository,
  lineages: readonly Lineage[],
): Promise<boolean> {
  for (const { model, inputDigest, parent } of lineages) {
    const { rows } = await readLedger(ports, repository, model);
    if (!rows.some((row) => row.kind === "declined" && row.inputDigest === inputDigest && row.parent === parent))
      return false;
  }
  return true;
}

interface DeclinedBranch {
  readonly branch: string;
  readonly ref: string;
  readonly local: string | null;
  readonly shared: string | null;
}

async function decline(
  ports: DeclinePorts,
  repository: Repository,
  rows: readonly RowOf<"declined">[],
  { branch, ref, local, shared }: DeclinedBranch,
): Promise<void> {
  const at = Date.parse(rows[0]!.at);
  await appendLedger(ports, repository, { rows, files: new Map(), at });
  const remark = { model: rows[0]!.model, branch, sentence: "Declined by a person." };
  await ports.forge.ensureRemark(repository, { ...remark, closes: true, at });
  if (shared && (await isOurs(shared))) await ports.branches.push(repository, [{ ref, id: null, expected: shared }]);
  if (local && (await isOurs(local))) await ports.branches.updateRefs(repository, [{ ref, id: null, expected: local }]);

  /** Somebody's commit is not ours to delete. */
  function isOurs(head: string): Promise<boolean> {
    return ports.ancestry.isReplaceable(repository, branch, head);
  }
}
