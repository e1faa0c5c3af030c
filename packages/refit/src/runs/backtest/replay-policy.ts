import type { LineNight } from "@refit/core/backtest";
import { RefitError } from "@refit/core/errors";
import { canaryFolder, championFolder, proposalBranch, rolloutPath, specPath } from "@refit/core/history";
import type { VerdictReason } from "@refit/core/judge";
import type { Forge } from "../../ports/forge.ts";
import type { Git } from "../../ports/git.ts";
import type { Ports } from "../../ports/index.ts";
import type { Replica } from "../../ports/replicas.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Outcome } from "../../products/outcome.ts";
import { run } from "../run.ts";
import path from "node:path";
import { sha256 } from "../../sha256.ts";
import { encodeText } from "../../text.ts";
import type { Plan, ReplayedPolicy } from "./plan.ts";
import type { Answering } from "./score-window.ts";

/** What a repository of a policy holds between two nights, by full name; `null`: there is none. */
export type ReplicaRefs = Readonly<Record<string, string | null>>;

/** A repository in which one policy is lived through. */
export interface PolicyReplay {
  readonly policy: ReplayedPolicy;
  readonly replica: Replica;
  /** The version that was last seen live, with what answers for it. */
  live: { readonly treeId: string; readonly model: Answering | null } | null;
  refs(): Promise<ReplicaRefs>;
  /** One night: the command at the time of these ports' clock, and the merge of what says `promote`. */
  night(ports: Ports): Promise<Omit<LineNight, "metrics">>;
}

/**
 * Opens the repository of a policy; a new one has the spec and the manifest, and nothing else.
 *
 * @param wanted what it held after the last night that is done; `null`: there is none, and what a night that was killed has left goes.
 */
export async function openReplay(
  ports: Pick<Ports, "replicas">,
  plan: Plan,
  { policy, wanted }: { readonly policy: ReplayedPolicy; readonly wanted: ReplicaRefs | null },
): Promise<PolicyReplay> {
  const { model, repository } = plan;
  const { baseBranch } = repository;
  const root = path.join(plan.folder, "policies", sha256(policy.line.id + policy.text).slice(0, 12));
  const replica = await ports.replicas.open(root, baseBranch);
  const { git, branches } = replica;
  const names = [baseBranch, "refit-ledger", proposalBranch(model)].map((name) => `refs/heads/${name}`);
  const refs = async (): Promise<ReplicaRefs> =>
    Object.fromEntries(await Promise.all(names.map(async (name) => [name, await git.resolve(name)] as const)));
  const place = { root, commonDir: path.join(root, ".git"), baseBranch, baseCommit: "", remote: null, notices: [] };
  const now = await refs();
  const moved = names.filter((name) => (wanted?.[name] ?? null) !== now[name]);
  await branches.updateRefs(
    place,
    moved.map((ref) => ({ ref, id: wanted?.[ref] ?? null, expected: now[ref]! })),
  );
  if (wanted === null) await firstCommit(replica, place, plan, policy);
  return {
    policy,
    replica,
    live: null,
    refs,
    async night(given) {
      const here = await git.locate();
      const world = { ...given, ...replica, forge: forgeOfBranches(git, replica.forge) };
      const outcome = await outcomeOf(world, here, model);
      if ("decision" in outcome && isPromoted(outcome)) await merge(replica, here, outcome, given.clock.now());
      const live = await git.resolve(`refs/heads/${baseBranch}:${championFolder(model, repository)}`);
      return { ...nightOf(outcome), version: live };
    },
  };
}

async function firstCommit(
  { branches }: Replica,
  place: Repository,
  { files, model, nights, repository }: Plan,
  { text, code }: ReplayedPolicy,
): Promise<void> {
  await branches.commit(place, {
    ref: `refs/heads/${place.baseBranch}`,
    expected: null,
    parent: null,
    replace: [],
    files: new Map([...files, ...code, [specPath(model, repository), encodeText(text)]]),
    message: "What is predicted, and by which policy\n",
    at: nights[0]!,
  });
}

/** What a run would have ended a process with. */
type NightEnd = Outcome | { readonly error: string };

/**
 * Errors by which rows and policy end a night whenever it is lived through. Any other is the machine's, such as a git that was killed:
 * it ends the backtest, which goes on from the night before, since what is kept of a night must be the same each time.
 */
const ofRowsAndPolicy: ReadonlySet<string> = new Set([
  "column-missing",
  "feature-conflict",
  "feature-mismatch",
  "learner-diverged",
  "metric-value",
  "model-too-large",
  "no-features",
  "prepare-invalid",
  "single-class",
  "spec-invalid",
  "target-task",
  "time-missing",
  "time-type",
  "too-few-rows",
  "too-many-classes",
  "unknown-column",
  "unknown-positive",
  "unreadable-data",
  "unseen-class",
  "weight-invalid",
]);

async function outcomeOf(ports: Ports, repository: Repository, model: string): Promise<NightEnd> {
  try {
    return await run(ports, repository, { model, force: null, dryRun: false });
  } catch (error) {
    if (error instanceof RefitError && ofRowsAndPolicy.has(error.code)) return { error: error.code };
    throw error;
  }
}

type MergedOutcome = Extract<Outcome, { version: string | null }> & { readonly version: string };

function isPromoted(outcome: Outcome): outcome is MergedOutcome {
  return (outcome.decision === "proposed" || outcome.decision === "updated") && outcome.version !== null;
}

/**
 * As a person would by `git merge --ff-only`: a proposal stands on the newest commit, and nobody else has moved that. A canary becomes the
 * champion at once, since there are no requests that it could answer first.
 *
 * @param at when, epoch milliseconds.
 */
async function merge(
  { branches, git }: Replica,
  repository: Repository,
  { model, version }: MergedOutcome,
  at: number,
): Promise<void> {
  const { baseBranch, baseCommit } = repository;
  const ref = `refs/heads/${proposalBranch(model)}`;
  const head = await git.resolve(ref);
  await branches.updateRefs(repository, [
    { ref: `refs/heads/${baseBranch}`, id: head, expected: baseCommit },
    { ref, id: null, expected: head },
  ]);
  const [champion, canary] = [championFolder(model, repository), canaryFolder(model, repository)];
  if (head === null || (await git.resolve(`${head}:${canary}`)) !== version) return;
  await branches.commit(repository, {
    ref: `refs/heads/${baseBranch}`,
    expected: head,
    parent: head,
    replace: [champion, canary, rolloutPath(model, repository)],
    files: new Map(),
    folders: new Map([[champion, version]]),
    message: "The canary becomes the champion\n",
    at,
  });
}

function nightOf(outcome: NightEnd): Omit<LineNight, "metrics" | "version"> {
  if ("error" in outcome)
    return { decision: "failed", because: [outcome.error], against: [], retrained: false, promoted: false };
  const promoted = isPromoted(outcome);
  switch (outcome.decision) {
    case "skipped":
    case "suppressed":
      return { decision: outcome.decision, because: [outcome.heldBack.kind], against: [], retrained: false, promoted };
    case "blocked":
      return {
        ...night(
          outcome.findings.map(({ code }) => code),
          outcome.because,
        ),
        retrained: outcome.evidence !== null,
      };
    default:
      return night(
        outcome.reasons.map(({ kind }) => kind),
        outcome.because,
      );
  }

  function night(reasons: readonly string[], against: readonly VerdictReason[]) {
    return {
      decision: (outcome as Outcome).decision,
      because: [...new Set(reasons)],
      against: [...new Set(against.map((each) => ("code" in each ? each.code : each.kind)))],
      retrained: true,
      promoted,
    };
  }
}

/** A proposal is a branch, until it is merged. There are no pages, and nobody to alert. */
function forgeOfBranches({ resolve }: Git, { name, limits, pullRequest }: Forge): Forge {
  return {
    name,
    limits,
    pullRequest,
    async proposal(_, branch) {
      const head = await resolve(`refs/heads/${branch}`);
      if (head === null) return null;
      return { branch, head, heldByPerson: false, complete: true, url: branch, declinedAt: null };
    },
    expect() {},
    ensureProposal: async (_, { branch }) => ({ url: branch, operation: "created" }),
    async ensureRemark() {},
    ensureSection: async () => "none",
    alert: async () => null,
    ensureAlert: async () => null,
    async ensureCheck() {},
  };
}
