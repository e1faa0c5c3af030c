import { canaryFolder, canaryBranch, championFolder, rolloutPath, type ModelHistory } from "@refit/core/history";
import { DAY, moveCanary, type CanaryMove, type MovedCanary } from "@refit/core/decide";
import { canaryReport } from "@refit/core/report";
import type { ModelSpec } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { LiveCanary } from "../products/canaries.ts";
import type { Context } from "../products/context.ts";
import { encodeText } from "../text.ts";
import { pushProposal, type ProposedContent } from "../versions/push-proposal.ts";
import { sharedHead } from "../versions/share-branch.ts";

type ProposeCanaryPorts = Pick<Ports, "ancestry" | "branches" | "clock" | "forge" | "git">;

/** A canary of the base branch, and what is asked of it. */
export interface CanaryToMove {
  readonly model: string;
  readonly running: LiveCanary;
  readonly history: ModelHistory;
  /** `null`: the spec cannot be read, which must not stand in the way of a stop. */
  readonly policy: Pick<ModelSpec, "canary" | "reviewers"> | null;
}

/** What a move changes, in words of the history. @throws CanaryMoveError */
export function canaryMoved(
  { model, running }: Pick<CanaryToMove, "model" | "running">,
  move: CanaryMove,
): MovedCanary {
  const { file, broken, championMoved } = running;
  return moveCanary({ model, file, broken, championMoved }, move);
}

/** Pushes a move of a canary to a branch of its own and shows it. May be repeated. @throws BranchHeldError */
export async function proposeCanary(
  ports: ProposeCanaryPorts,
  repository: Repository,
  toMove: CanaryToMove,
  moved: MovedCanary,
): ReturnType<Ports["forge"]["ensureProposal"]> {
  const { model, running, history, policy } = toMove;
  const branch = canaryBranch(model);
  const title = `refit(${model}): ${titleWords[moved.move](moved)}`;
  const at = ports.clock.now();
  const head = await pushProposal(ports, repository, {
    branch,
    contents: await contentsOf(ports, repository, toMove, moved),
    over: await sharedHead(ports, repository, branch),
    message: `${title}\n\nRefit-Model: ${model}\nRefit-Canary: ${moved.move} ${running.treeId}\n`,
    at,
  });
  const { champion } = history;
  const report = canaryReport({
    model,
    moved,
    treeId: running.treeId,
    rollout: running.file?.rollout ?? null,
    days: Math.max(0, Math.floor((at - running.since) / DAY)),
    championLabel: champion && `v${champion.number}`,
    championMoved: running.championMoved,
  });
  const check = { conclusion: "success", summary: checkWords[moved.move] } as const;
  return ports.forge.ensureProposal(repository, {
    kind: "canary",
    models: [{ model, report, kept: null, inputDigest: running.inputDigest ?? running.treeId, check }],
    overview: null,
    branch,
    head,
    title,
    at,
    baseBranch: repository.baseBranch,
    draft: false,
    // Of the three only a stop brings back what everybody had.
    autoMerge: moved.move === "stop" && policy?.canary?.merge === "auto",
    reviewers: policy?.reviewers ?? [],
  });
}

/**
 * Proposes the stop of a canary that was compared with another champion than the one that is live, such as after a rollback: once, since
 * a person who closes that proposal has answered.
 */
export async function stopOutdatedCanary(
  ports: ProposeCanaryPorts,
  { canaries: { running }, history, repository, request: { model }, spec }: Context,
): Promise<void> {
  if (running === null || !running.championMoved) return;
  const { declinedAt = null, head = "" } = (await ports.forge.proposal(repository, canaryBranch(model))) ?? {};
  const folder = canaryFolder(model, repository);
  const [before, after] = await Promise.all(
    [`${head}^`, head].map((commit) => ports.git.resolve(`${commit}:${folder}`)),
  );
  if (declinedAt !== null && before === running.treeId && after === null) return;
  await proposeCanary(ports, repository, { model, running, history, policy: spec }, { move: "stop" });
}

const titleWords: Readonly<Record<CanaryMove, (moved: MovedCanary) => string>> = {
  step: (moved) => `canary to ${"to" in moved ? moved.to : ""} % of requests`,
  promote: () => "the canary becomes the champion",
  stop: () => "stop the canary",
};

const checkWords: Readonly<Record<CanaryMove, string>> = {
  step: "One line changes: the share goes one step up.",
  promote: "The folder moves as it is, after the last step.",
  stop: "The canary is removed, and the champion stays as it is.",
};

/**
 * One line for a step, one move of a folder for the promotion. A stop says what the champion is, too: without it a promotion that is
 * proposed already would look like the stop.
 */
async function contentsOf(
  { git }: Pick<Ports, "git">,
  repository: Repository,
  { model, running: { treeId } }: Pick<CanaryToMove, "model" | "running">,
  moved: MovedCanary,
): Promise<ReadonlyMap<string, ProposedContent>> {
  const [champion, rollout] = [championFolder(model, repository), rolloutPath(model, repository)];
  if (moved.move === "step") return new Map([[rollout, encodeText(moved.rolloutText)]]);
  const live = moved.move === "promote" ? treeId : await git.resolve(`${repository.baseCommit}:${champion}`);
  return new Map<string, ProposedContent>([
    [champion, live],
    [canaryFolder(model, repository), null],
    [rollout, null],
  ]);
}
