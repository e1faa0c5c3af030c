import type { Actor } from "./actors.ts";
import { emitAt } from "./events.ts";
import { isAncestor, readCommits } from "./history.ts";
import { listRefs } from "./list-refs.ts";
import { mergeTrees } from "./merging.ts";
import { isPull, type PullRow } from "./rows.ts";
import { protectionOf } from "./settings.ts";
import { writeCommit } from "./tree-edit.ts";
import { pullView } from "./views.ts";
import { timestamp, type World } from "./world.ts";

const none = "0".repeat(40);

export function pullRows(world: World): PullRow[] {
  return world.rows.issues.filter((row): row is PullRow => isPull(row));
}

/** Where a branch lives: forks are namespaces of the one bare repository. */
export function branchRef(world: World, owner: string, branch: string): string {
  return owner === world.owner ? `refs/heads/${branch}` : `refs/namespaces/${owner}/refs/heads/${branch}`;
}

/** Takes note of every ref that moved since the last look, whoever moved it, and lets pull requests follow. */
export async function noticeRefs(world: World, actor: Actor): Promise<void> {
  const refs = listRefs(world.git, "refs/heads", "refs/tags", "refs/namespaces");
  for (const ref of new Set([...world.seenRefs.keys(), ...refs.keys()])) {
    const before = world.seenRefs.get(ref) ?? none;
    const after = refs.get(ref) ?? none;
    if (before === after) continue;

    if (after === none) world.seenRefs.delete(ref);
    else world.seenRefs.set(ref, after);
    await refMoved(world, world.pushers.get(`${ref} ${after}`) ?? actor, { ref, before, after });
  }
}

interface RefMove {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
}

async function refMoved(world: World, actor: Actor, move: RefMove): Promise<void> {
  if (!move.ref.startsWith("refs/namespaces/")) {
    const payload = await pushPayload(world, actor, move);
    emitAt(world, actor, { name: "push", at: { ref: move.ref, sha: move.after }, payload });
  }
  for (const row of pullRows(world)) {
    if (row.state !== "open") continue;
    if (branchRef(world, row.pull.headOwner, row.pull.headRef) === move.ref) await headMoved(world, actor, row, move);
    else if (`refs/heads/${row.pull.baseRef}` === move.ref) await baseMoved(world, actor, row, move);
  }
}

async function pushPayload(world: World, actor: Actor, { ref, before, after }: RefMove) {
  const branch = ref.startsWith("refs/heads/");
  const range = before === none ? [after, "--max-count=20"] : [`${before}..${after}`];
  const commits = after === none || !branch ? [] : await readCommits(world.git, "--reverse", ...range);
  const shown = commits.map(({ sha, tree, message, author, committer }) => ({
    id: sha,
    tree_id: tree,
    message,
    timestamp: committer.date,
    author,
    committer,
  }));
  return {
    ref,
    before,
    after,
    created: before === none,
    deleted: after === none,
    forced: before !== none && after !== none && !(await isAncestor(world.git, before, after)),
    pusher: { name: actor.login },
    commits: shown,
    head_commit: shown.at(-1) ?? null,
  };
}

async function headMoved(world: World, actor: Actor, row: PullRow, { before, after }: RefMove): Promise<void> {
  if (after === none) return closePull(world, actor, row);
  row.pull.headSha = after;
  row.pull.baseSha = world.seenRefs.get(`refs/heads/${row.pull.baseRef}`) ?? row.pull.baseSha;
  row.updatedAt = timestamp(world);
  if (protectionOf(world.settings, row.pull.baseRef)?.dismissStale === true) dismissApprovals(world, row);
  await showInRefs(world, row);
  emitPull(world, actor, row, { action: "synchronize", before, after });
}

function dismissApprovals(world: World, row: PullRow): void {
  for (const review of world.rows.reviews) {
    if (review.pull === row.number && review.state === "APPROVED") review.state = "DISMISSED";
  }
}

/** A base branch that came to contain the head by a push: GitHub shows the pull request as merged. */
async function baseMoved(world: World, actor: Actor, row: PullRow, { before, after }: RefMove): Promise<void> {
  if (after === none) return closePull(world, actor, row);
  if (!(await isAncestor(world.git, row.pull.headSha, after))) return showInRefs(world, row);
  markMerged(world, actor, row, { sha: after, onto: before });
}

/** `refs/pull/<n>/head`, and `/merge` with the test merge that `pull_request` runs check out; none on a conflict. */
export async function showInRefs(world: World, row: PullRow): Promise<void> {
  const { git } = world;
  const { headSha, baseRef } = row.pull;
  const place = `refs/pull/${row.number}`;
  const base = world.seenRefs.get(`refs/heads/${baseRef}`) ?? row.pull.baseSha;
  await git.text(["update-ref", `${place}/head`, headSha]);
  const tree = await mergeTrees(git, base, headSha);
  if (tree === null) {
    await git.run(["update-ref", "-d", `${place}/merge`]);
    row.pull.testMergeSha = null;
    return;
  }
  const author = { name: "GitHub", email: "noreply@github.com", date: timestamp(world) };
  const message = `Merge ${headSha} into ${base}\n`;
  row.pull.testMergeSha = await writeCommit(git, {
    tree,
    parents: [base, headSha],
    message,
    author,
    committer: author,
  });
  await git.text(["update-ref", `${place}/merge`, row.pull.testMergeSha]);
}

export function closePull(world: World, actor: Actor, row: PullRow): void {
  row.state = "closed";
  row.closedAt = timestamp(world);
  row.updatedAt = row.closedAt;
  row.pull.autoMerge = null;
  emitPull(world, actor, row, { action: "closed" });
}

export function markMerged(
  world: World,
  actor: Actor,
  row: PullRow,
  { sha, onto }: { readonly sha: string; readonly onto: string },
): void {
  row.pull.mergedAt = timestamp(world);
  row.pull.mergedBy = actor;
  row.pull.mergeSha = sha;
  row.pull.mergedOnto = onto;
  closePull(world, actor, row);
}

export function emitPull(
  world: World,
  actor: Actor,
  row: PullRow,
  event: { readonly action: string; readonly before?: string; readonly after?: string },
): void {
  const { mergeSha, testMergeSha, headSha, mergedAt } = row.pull;
  const pull = { ...pullView(world, row), merged: mergedAt !== null };
  emitAt(world, actor, {
    name: "pull_request",
    at: { ref: `refs/pull/${row.number}/merge`, sha: mergeSha ?? testMergeSha ?? headSha },
    payload: { ...event, number: row.number, pull_request: pull },
  });
}
