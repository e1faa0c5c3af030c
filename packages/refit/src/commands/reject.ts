import { NothingToRejectError, UsageError } from "@refit/core/errors";
import type { Lineage, RowOf } from "@refit/core/history";
import { fetched } from "../versions/fetched.ts";
import { appendLedger, readLedger } from "../ledger/ledger.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { declinedRow } from "../ledger/declined-row.ts";
import { championFolder, proposalBranch } from "@refit/core/history";
import { openProposal } from "../versions/open-proposal.ts";
import { readLineage } from "../versions/read-lineage.ts";
import type { Flags } from "./command.ts";

type DeclinePorts = Pick<Ports, "git" | "branches" | "forge">;

export const usage = "refit reject <model> [--reason TEXT] [--dry-run] [--json]";
export const summary = "Decline the open proposal; the same inputs are not proposed again.";
export const options = {
  reason: { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  reason: "why; the reason is kept in the ledger",
  "dry-run": "print what would be declined and write nothing",
  json: "print the result as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  if (model === undefined || more.length > 0) throw new UsageError("reject needs one model.", usage);
  const dryRun = flags["dry-run"] === true;
  const repository = await fetched(ports, dryRun);
  const branch = proposalBranch(model);
  const ref = `refs/heads/${branch}`;
  const local = await ports.git.resolve(ref);
  const shared = repository.remote && (await ports.git.resolve(`refs/remotes/${repository.remote}/${branch}`));
  const open = await openProposal(ports, repository, branch);
  const head = open?.head ?? shared ?? local;
  const lineage = head && (await readLineage(ports, repository, `${head}:${championFolder(model)}/lineage.json`));
  if (!lineage || (open === null && !(await wasDeclined(ports, repository, lineage)))) {
    throw new NothingToRejectError(model);
  }

  if (!dryRun) {
    const at = ports.clock.now();
    await decline(ports, repository, declinedRow(lineage, at, flags.reason), { ref, local, shared });
  }
  if (flags.json === true) ports.out.print(JSON.stringify({ model, declined: lineage.inputDigest }));
  else ports.out.print(`${model}: ${dryRun ? "would be " : ""}declined. The same inputs are not proposed again.`);
  return 0;
}

/** A command that was cut short leaves a closed proposal with its branch; the same command then ends its work. */
async function wasDeclined(
  ports: Pick<Ports, "git" | "files">,
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
  if (shared) await ports.branches.push(repository, [{ ref, id: null, expected: shared }]);
  if (local) await ports.branches.updateRefs(repository, [{ ref, id: null, expected: local }]);
}
