import type { Actor } from "./actors.ts";
import { isAncestor } from "./history.ts";
import type { PullRow, ReviewRow } from "./rows.ts";
import { protectionOf, type Protection } from "./settings.ts";
import type { World } from "./world.ts";

/** Newest state of each check and commit status on a commit, by name. `pending` until it is complete. */
export function checkStates(world: World, sha: string): Map<string, "success" | "failure" | "pending"> {
  const states = new Map<string, "success" | "failure" | "pending">();
  for (const row of world.rows.statuses.filter((status) => status.sha === sha)) {
    states.set(row.context, row.state === "success" || row.state === "pending" ? row.state : "failure");
  }
  const passing = new Set(["success", "neutral", "skipped"]);
  for (const row of world.rows.checkRuns.filter((run) => run.headSha === sha)) {
    const ended = row.status === "completed";
    states.set(row.name, ended ? (passing.has(row.conclusion ?? "") ? "success" : "failure") : "pending");
  }
  return states;
}

/** The last word of each reviewer; comments do not count. */
export function standingReviews(world: World, row: PullRow): ReviewRow[] {
  const last = new Map<string, ReviewRow>();
  for (const review of world.rows.reviews) {
    if (review.pull === row.number && review.state !== "COMMENTED") last.set(review.author.login, review);
  }
  return [...last.values()];
}

/** Why the rules of the base branch keep a pull request from being merged, in GitHub's words; `null`: nothing does. */
export async function mergeBlock(world: World, row: PullRow, baseTip: string): Promise<string | null> {
  const rules = protectionOf(world.settings, row.pull.baseRef);
  if (rules === null) return null;

  const states = checkStates(world, row.pull.headSha);
  const missing = (rules.checks ?? []).filter((name) => states.get(name) !== "success");
  const [first] = missing;
  if (missing.length > 1) return `${missing.length} of ${rules.checks!.length} required status checks are expected.`;
  if (first !== undefined) {
    const state = states.get(first);
    if (state === undefined) return `Required status check "${first}" is expected.`;
    return `Required status check "${first}" is ${state === "pending" ? "pending" : "failing"}.`;
  }

  const wanted = rules.approvals ?? 0;
  // Approvals of Apps and workflows do not count.
  const given = standingReviews(world, row).filter((one) => one.state === "APPROVED" && one.author.kind === "pat");
  if (given.length < wanted) {
    const reviews = wanted === 1 ? "approving review is" : "approving reviews are";
    return `At least ${wanted} ${reviews} required by reviewers with write access.`;
  }
  if (rules.upToDate === true && !(await isAncestor(world.git, baseTip, row.pull.headSha))) {
    return "Head branch is out of date. Review and try the merge again.";
  }
  return null;
}

export interface Update {
  readonly ref: string;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * Why the rules refuse a change of a ref from outside a pull request; `null`: they do not. Whether it is a
 * forced one only shows when its objects have arrived.
 */
export function updateBlock(world: World, actor: Actor, { ref, before, after }: Update): string | null {
  const rules = protectionOf(world.settings, ref);
  if (rules === null || rules.bypass?.includes(actor.login) === true) return null;

  if (rules.restricted === true) return "You're not authorized to push to this branch.";
  if (after === null) return rules.allowDeletions === true ? null : "Cannot delete this branch";
  if (before === null) return null;
  if (rules.pullRequest === true) return "Changes must be made through a pull request.";
  const states = checkStates(world, after);
  const missing = (rules.checks ?? []).find((name) => states.get(name) !== "success");
  return missing === undefined ? null : `Required status check "${missing}" is expected.`;
}

export function forbidsForce(world: World, actor: Actor, ref: string): boolean {
  const rules = protectionOf(world.settings, ref);
  return rules !== null && rules.allowForcePushes !== true && rules.bypass?.includes(actor.login) !== true;
}

/** What `git push` prints for a refused branch. */
export function refusalText(rules: Protection | null, ref: string, reason: string): string {
  if (rules?.ruleset === true) return `error: GH013: Repository rule violations found for ${ref}.\n\n- ${reason}\n`;
  return `error: GH006: Protected branch update failed for ${ref}.\nerror: ${reason}\n`;
}
