import {
  FormatNewerError,
  NothingToRollBackError,
  RefitError,
  UsageError,
  VersionBrokenError,
  VersionUnknownError,
} from "@refit/core/errors";
import { knownFormat, type ModelHistory, type ModelVersion } from "@refit/core/history";
import { rollbackReport } from "@refit/core/report";
import { fetched } from "../versions/fetched.ts";
import { readModelHistory } from "../versions/model-history.ts";
import type { RollbackProposal } from "./json.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { championFolder, rollbackBranch } from "@refit/core/history";
import { readPolicy } from "../runs/reconcile.ts";
import { pushVersion } from "../versions/push-version.ts";
import { checkWhole } from "../versions/tree-facts.ts";
import type { Flags } from "./command.ts";
import { howToMerge } from "./run.ts";

type ProposeRollbackPorts = Pick<Ports, "clock" | "git" | "branches" | "forge" | "learners">;

export const usage = "refit rollback <model> [--to vN] [--dry-run] [--json]";
export const summary = "Propose an earlier version again, as a new commit on its own branch.";
export const options = {
  to: { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  to: "the version to restore; default: the one that was live before the champion",
  "dry-run": "print what would be restored and write nothing",
  json: "print the proposal as JSON",
};

/** Restores the folder as it was, never a reverse patch: later changes elsewhere cannot conflict with it. */
export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  if (model === undefined || more.length > 0) throw new UsageError("rollback needs one model.", usage);
  const dryRun = flags["dry-run"] === true;
  const repository = await fetched(ports, dryRun);
  const { history } = await readModelHistory(ports, repository, model);
  const target = flags.to === undefined ? previous(model, history) : named(model, history, flags.to);
  if (target.newerFormat !== null) {
    throw new FormatNewerError(`lineage.json of v${target.number} of ${model}`, target.newerFormat, knownFormat);
  }
  const problem = await checkWhole(ports, repository, target.treeId, await ports.git.list(target.treeId));
  if (problem !== null) throw new VersionBrokenError(model, target.number, problem);

  const branch = rollbackBranch(model);
  const from = history.champion;
  const proposed = dryRun ? null : await proposeRollback(ports, repository, { model, from, to: target });
  const { url, operation } = proposed ?? { url: null, operation: null };
  if (flags.json === true) {
    ports.out.print(
      JSON.stringify({ model, to: target.number, branch, url, operation } satisfies RollbackProposal, null, 2),
    );
  } else {
    ports.out.print(`${model}: ${dryRun ? "would propose" : "proposed"} a rollback to v${target.number} on ${branch}.`);
    if (url !== null) ports.out.print(`  proposal: ${url}\n  to roll back: ${howToMerge({ url, branch })}`);
  }
  return 0;
}

/** The version that was live last of those before the one on the branch now; the last valid one while that is broken. */
function previous(model: string, { champion, events, state }: ModelHistory): ModelVersion {
  if (state === "broken" && champion !== null) return champion;
  const current = champion?.number ?? Infinity;
  const before = events.findLast((event) => event.champion !== null && event.champion.number < current)?.champion;
  if (before === undefined || before === null) throw new NothingToRollBackError(model);
  return before;
}

function named(model: string, history: ModelHistory, wanted: string): ModelVersion {
  const version = history.versions[Number(wanted.replace(/^v/, "")) - 1];
  if (version === undefined || version.broken !== null) throw new VersionUnknownError(model, wanted);
  return version;
}

/** A spec that cannot be read must not stand in the way of a rollback. */
async function reviewersOf(
  ports: Pick<Ports, "git" | "learners">,
  repository: Repository,
  model: string,
): Promise<readonly string[]> {
  try {
    return (await readPolicy(ports, repository, model)).reviewers;
  } catch (error) {
    if (error instanceof RefitError) return [];
    throw error;
  }
}

interface Rollback {
  readonly model: string;
  /** `null`: none is live. */
  readonly from: ModelVersion | null;
  readonly to: ModelVersion;
}

async function proposeRollback(
  ports: ProposeRollbackPorts,
  repository: Repository,
  { model, from, to }: Rollback,
): ReturnType<Ports["forge"]["ensureProposal"]> {
  const branch = rollbackBranch(model);
  const live = from === null ? "none" : `v${from.number}`;
  const title = `refit(${model}): roll back to v${to.number}`;
  const at = ports.clock.now();
  const head = await pushVersion(ports, repository, {
    branch,
    folder: championFolder(model),
    content: to.treeId,
    message: `${title}\n\nRefit-Model: ${model}\nRefit-Rollback: v${to.number}\n`,
    at,
  });
  return ports.forge.ensureProposal(repository, {
    kind: "rollback",
    model,
    branch,
    head,
    title,
    at,
    baseBranch: repository.baseBranch,
    draft: false,
    report: rollbackReport({ model, from: live, to: `v${to.number}`, treeId: to.treeId }),
    kept: null,
    autoMerge: false,
    inputDigest: to.inputDigest ?? to.treeId,
    reviewers: await reviewersOf(ports, repository, model),
    check: { conclusion: "success", summary: `v${to.number} was live before.` },
  });
}
