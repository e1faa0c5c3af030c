import type { Actor } from "./actors.ts";
import { changedFiles, countCommits, isAncestor, mergeBase, resolveCommit, type Signature } from "./history.ts";
import { mergeTrees } from "./merging.ts";
import { checkStates, mergeBlock } from "./protection.ts";
import { newIssue, type IssueText } from "./issues.ts";
import { branchRef, emitPull, pullRows, showInRefs } from "./refs.ts";
import { invalid, notFound } from "./reply.ts";
import type { PullFacts, PullRow } from "./rows.ts";
import { pullView, userView } from "./views.ts";
import { timestamp, type World } from "./world.ts";

export function pullOf(world: World, number: string | number): PullRow {
  const row = pullRows(world).find((pull) => pull.number === Number(number));
  if (row === undefined) throw notFound();
  return row;
}

type NewPull = Pick<PullFacts, "headOwner" | "headRef" | "headSha" | "baseRef" | "baseSha" | "draft">;

/** Opens a pull request that was found to be in order. */
export async function openPull(world: World, actor: Actor, text: IssueText, facts: NewPull): Promise<PullRow> {
  const pull: PullFacts = {
    ...facts,
    testMergeSha: null,
    reviewers: [],
    reviewRequests: [],
    mergedAt: null,
    mergedBy: null,
    mergeSha: null,
    mergedOnto: null,
    autoMerge: null,
  };
  const row = newIssue(world, actor, text, pull) as PullRow;
  await showInRefs(world, row);
  emitPull(world, actor, row, { action: "opened" });
  return row;
}

/** Where the base branch is now. */
export async function baseTip(world: World, row: PullRow): Promise<string> {
  return (await resolveCommit(world.git, `refs/heads/${row.pull.baseRef}`)) ?? row.pull.baseSha;
}

/** GitHub reopens only what is not merged, whose branch is there and was not rewritten meanwhile. @throws Refusal 422 */
export async function reopenPull(world: World, actor: Actor, row: PullRow): Promise<void> {
  const { pull } = row;
  const refuse = (why: string) =>
    invalid({ resource: "PullRequest", code: "invalid", field: "state", message: `state cannot be changed. ${why}` });
  if (pull.mergedAt !== null) throw refuse("The pull request is merged.");
  const head = await resolveCommit(world.git, branchRef(world, pull.headOwner, pull.headRef));
  if (head === null) throw refuse(`The ${pull.headRef} branch has been deleted.`);
  if (!(await isAncestor(world.git, pull.headSha, head))) {
    throw refuse(`The ${pull.headRef} branch was force-pushed or recreated.`);
  }
  row.state = "open";
  row.closedAt = null;
  pull.headSha = head;
  await showInRefs(world, row);
  emitPull(world, actor, row, { action: "reopened" });
}

/** Whether, and in which state, the pull request can be merged now, as git and the rules have it. */
export async function mergeability(world: World, row: PullRow) {
  if (row.state === "closed") return { mergeable: null, mergeable_state: "unknown" };
  const base = await baseTip(world, row);
  if ((await mergeTrees(world.git, base, row.pull.headSha)) === null) {
    return { mergeable: false, mergeable_state: "dirty" };
  }
  if (row.pull.draft) return { mergeable: true, mergeable_state: "draft" };
  const block = await mergeBlock(world, row, base);
  if (block !== null) {
    return { mergeable: true, mergeable_state: block.startsWith("Head branch") ? "behind" : "blocked" };
  }
  const bad = [...checkStates(world, row.pull.headSha).values()].some((state) => state !== "success");
  return { mergeable: true, mergeable_state: bad ? "unstable" : "clean" };
}

/** A pull request alone: the listing's shape and what is computed for one only. */
export async function pullDetail(world: World, row: PullRow) {
  const files = await pullFiles(world, row);
  const sum = (count: (file: (typeof files)[number]) => number) =>
    files.reduce((total, file) => total + count(file), 0);
  return {
    ...pullView(world, row),
    ...(await mergeability(world, row)),
    merged: row.pull.mergedAt !== null,
    merged_by: row.pull.mergedBy === null ? null : userView(world, row.pull.mergedBy),
    rebaseable: null,
    comments: world.rows.comments.filter((comment) => comment.issue === row.number).length,
    review_comments: 0,
    commits: await countCommits(world.git, `${row.pull.baseSha}..${row.pull.headSha}`),
    additions: sum((file) => file.additions),
    deletions: sum((file) => file.deletions),
    changed_files: files.length,
    maintainer_can_modify: false,
  };
}

/** Three dots: what the head changed since it left the base. */
export async function pullFiles(world: World, row: PullRow) {
  const { baseSha, headSha } = row.pull;
  return changedFiles(world.git, (await mergeBase(world.git, baseSha, headSha)) ?? baseSha, headSha);
}

/** How GitHub signs commits it makes for an account. */
export function signatureOf(world: World, actor: Actor): Signature {
  return { name: actor.login, email: `${actor.id}+${actor.login}@users.noreply.github.com`, date: timestamp(world) };
}
