import type { Actor } from "./actors.ts";
import { emitAt } from "./events.ts";
import { mergedCommit } from "./merge-pulls.ts";
import { checkStates, mergeBlock } from "./protection.ts";
import { baseTip, pullOf } from "./pulls.ts";
import { markMerged, noticeRefs } from "./refs.ts";
import { Refusal } from "./reply.ts";
import type { PullRow } from "./rows.ts";
import { protectionOf } from "./settings.ts";
import type { World } from "./world.ts";

/** What the queue has made of a pull request: one commit, on the base branch and on those before it. */
export interface QueuedPull {
  readonly pull: number;
  /** The commit that the checks are asked on, and the one that it stands on. */
  readonly head: string;
  readonly onto: string;
  readonly ref: string;
}

/** Its pushes start workflows. */
const mergeQueue: Actor = { login: "github-merge-queue[bot]", id: 118_344_674, kind: "app", permissions: {} };

/**
 * Puts pull requests into the queue, in this order, and asks for the checks of each.
 *
 * @throws Refusal 405 when the rules hold one back, or it conflicts; then none is in the queue
 */
export async function enqueue(world: World, rows: readonly PullRow[]): Promise<QueuedPull[]> {
  for (const row of rows) {
    const block = await mergeBlock(world, row, row.pull.baseSha);
    if (block !== null) throw new Refusal(405, block);
  }
  const queued = await commitsOf(world, rows);
  for (const { head, ref } of queued) await world.git.text(["update-ref", ref, head]);
  await noticeRefs(world, mergeQueue);
  for (const { pull, head, onto, ref } of queued) {
    const base = `refs/heads/${pullOf(world, pull).pull.baseRef}`;
    const group = { head_sha: head, head_ref: ref, base_sha: onto, base_ref: base };
    const payload = { action: "checks_requested", merge_group: group };
    emitAt(world, mergeQueue, { name: "merge_group", at: { ref, sha: head }, payload });
  }
  return queued;
}

/**
 * Merges, by one push, what stands first in the queue and has every required check on its own commit; the rest is taken out,
 * as GitHub does with what fails.
 *
 * @returns numbers of the merged ones
 */
export async function mergeQueued(world: World, queued: readonly QueuedPull[]): Promise<number[]> {
  const failing = queued.findIndex((entry) => !isGreen(world, entry));
  const merged = queued.slice(0, failing === -1 ? queued.length : failing);
  if (merged.length > 0) await mergeAll(world, merged);
  for (const { ref } of queued) await world.git.text(["update-ref", "-d", ref]);
  await noticeRefs(world, mergeQueue);
  return merged.map(({ pull }) => pull);
}

/** All of that for pull requests whose checks have passed in the queue. @returns the last commit. @throws as `enqueue` on a conflict */
export async function mergeTogether(world: World, rows: readonly PullRow[]): Promise<string> {
  const queued = await commitsOf(world, rows);
  await mergeAll(world, queued);
  return queued.at(-1)!.head;
}

function isGreen(world: World, { pull, head }: QueuedPull): boolean {
  const states = checkStates(world, head);
  const { checks = [] } = protectionOf(world.settings, pullOf(world, pull).pull.baseRef) ?? {};
  return checks.every((name) => states.get(name) === "success");
}

async function commitsOf(world: World, rows: readonly PullRow[]): Promise<QueuedPull[]> {
  const queued: QueuedPull[] = [];
  for (const row of rows) {
    const onto = queued.at(-1)?.head ?? (await baseTip(world, row));
    const head = await mergedCommit(world, mergeQueue, row, { method: "squash", onto });
    if (head === null) throw new Refusal(405, "Pull Request is not mergeable");
    const ref = `refs/heads/gh-readonly-queue/${row.pull.baseRef}/pr-${row.number}-${onto}`;
    queued.push({ pull: row.number, head, onto, ref });
  }
  return queued;
}

async function mergeAll(world: World, queued: readonly QueuedPull[]): Promise<void> {
  const rows = queued.map(({ pull }) => pullOf(world, pull));
  const base = `refs/heads/${rows[0]!.pull.baseRef}`;
  await world.git.text(["update-ref", base, queued.at(-1)!.head, queued[0]!.onto]);
  queued.forEach(({ head, onto }, at) => markMerged(world, mergeQueue, rows[at]!, { sha: head, onto }));
  await noticeRefs(world, mergeQueue);
}
