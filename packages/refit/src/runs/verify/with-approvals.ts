import { judgeApprovals, type Approvals } from "@refit/core/decide";
import { canaryFolder, championFolder, rolloutPath } from "@refit/core/history";
import { type ApprovalPolicy, modelFolder } from "@refit/core/spec";
import { SpecInvalidError } from "@refit/core/errors";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { readSpecs } from "../../rooms/read.ts";
import { openProposal } from "../../versions/open-proposal.ts";
import { openBranchOf } from "../proposal-groups.ts";
import type { Verification } from "./verification.ts";

type ApprovalPorts = Pick<Ports, "files" | "forge" | "git" | "learners" | "out" | "reviews" | "sources">;

/**
 * A change that is sound and needs people's approvals fails until they are on exactly this commit. What they are, the base branch says.
 *
 * @param verification what was found of the folder.
 */
export async function withApprovals(
  ports: ApprovalPorts,
  repository: Repository,
  verification: Verification,
): Promise<Verification> {
  const { model, result } = verification;
  // A version that was live before restores what people approved then.
  if (result === "failed" || result === "rollback") return verification;
  const asked = await askedFor(ports, repository, model);
  if (asked === null) return verification;
  const policy = await policyOf(ports, repository, model);
  if (policy === "unreadable") {
    const problem = `model.yaml on ${repository.baseBranch} cannot be read, so nobody can tell whose approval it asks for.`;
    return { ...verification, result: "failed", problems: [...verification.problems, problem] };
  }
  if (policy === undefined) return verification;
  const needed = policy[asked] ?? policy.promotion;
  const approvals = await approvalsOf(ports, repository, model, { needed, from: policy.from ?? [] });
  const { enough, by, notes } = approvals;
  const told = { ...verification, approvals: { needed, by: [...by], notes: [...notes] } };
  if (enough) return { ...told, title: `${verification.title}; approved by ${by.join(", ")}` };
  const names = policy.from === undefined ? "" : ` of ${policy.from.join(", ")}`;
  const count = `It needs ${needed} ${needed === 1 ? "approval" : "approvals"}${names} (\`approvals\` in model.yaml on ${repository.baseBranch}) and has ${by.length}.`;
  return {
    ...told,
    result: "failed",
    title: `${verification.title}; it waits for approvals (${by.length} of ${needed})`,
    problems: [...verification.problems, count, ...notes],
  };
}

async function policyOf(
  ports: ApprovalPorts,
  repository: Repository,
  model: string,
): Promise<ApprovalPolicy | "unreadable" | undefined> {
  try {
    const quiet = { ...ports, out: { ...ports.out, notice: () => {} } };
    return (await readSpecs(quiet, repository, model, { workTree: false })).spec.approvals;
  } catch (error) {
    if (error instanceof SpecInvalidError) return "unreadable";
    throw error;
  }
}

/** By which number of `approvals`; `null`: nothing that people must approve. The end of a canary restores what is live. */
async function askedFor(
  { git }: Pick<Ports, "git">,
  repository: Repository,
  model: string,
): Promise<"promotion" | "canarySteps" | null> {
  const isChanged = async (place: string) =>
    (await git.resolve(`HEAD:${place}`)) !== (await git.resolve(`${repository.baseCommit}:${place}`));
  if (await isChanged(championFolder(model, repository))) return "promotion";
  const [canary, rollout] = [canaryFolder(model, repository), rolloutPath(model, repository)];
  const isStopped = (await git.resolve(`HEAD:${canary}`)) === null;
  return !isStopped && ((await isChanged(canary)) || (await isChanged(rollout))) ? "canarySteps" : null;
}

async function approvalsOf(
  ports: ApprovalPorts,
  repository: Repository,
  model: string,
  rule: { readonly needed: number; readonly from: readonly string[] },
): Promise<Approvals> {
  const { forge, git, reviews } = ports;
  const teams = rule.from.filter((name) => name.includes("/"));
  const commit = forge.pullRequest?.head ?? (await git.resolve("HEAD^0"));
  for (const head of [commit, await proposedHead(ports, repository, model)]) {
    const reviewed = head === null ? null : await reviews.of(head, teams);
    if (reviewed !== null) return judgeApprovals(rule, { ...reviewed, commit: head! });
  }
  return {
    needed: rule.needed,
    by: [],
    enough: false,
    notes: [
      forge.name === "local"
        ? "In this clone alone nobody can tell who has approved it: reviews are on the forge."
        : `There is no pull request of ${commit?.slice(0, 10) ?? "this commit"} that anybody could have approved.`,
    ],
  };
}

/** A merge queue asks about a commit of its own: people have approved the head of the proposal that brings the same version. */
async function proposedHead(ports: ApprovalPorts, repository: Repository, model: string): Promise<string | null> {
  const open = await openProposal(ports, repository, await openBranchOf(ports, repository, model));
  if (open === null) return null;
  // The whole folder: a version, a canary, its share and the settings.
  const folder = modelFolder(model, repository);
  const [proposed, here] = [
    await ports.git.resolve(`${open.head}:${folder}`),
    await ports.git.resolve(`HEAD:${folder}`),
  ];
  return proposed === here ? open.head : null;
}
