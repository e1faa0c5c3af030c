import type { Actor } from "./actors.ts";
import { applyDifference } from "./merging.ts";
import { openPull, signatureOf } from "./pulls.ts";
import { noticeRefs } from "./refs.ts";
import { Refusal } from "./reply.ts";
import type { PullRow } from "./rows.ts";
import { writeCommit } from "./tree-edit.ts";
import type { World } from "./world.ts";

/** The Revert button: a new pull request of one commit. @throws Refusal 422 when it was not merged, or conflicts */
export async function revertPull(world: World, actor: Actor, row: PullRow): Promise<PullRow> {
  const { git } = world;
  const { mergeSha, mergedOnto, baseRef, headRef } = row.pull;
  if (mergeSha === null || mergedOnto === null) throw new Refusal(422, `#${row.number} is not merged.`);
  const base = await git.text(["rev-parse", `refs/heads/${baseRef}`]);
  const tree = await applyDifference(git, { base: mergeSha, ours: base, theirs: mergedOnto });
  if (tree === null) throw new Refusal(422, "Sorry, this pull request couldn't be reverted automatically.");

  const title = `Revert "${row.title}"`;
  const branch = `revert-${row.number}-${headRef}`;
  const signature = signatureOf(world, actor);
  const message = `${title}\n\nThis reverts commit ${mergeSha}.\n`;
  const head = await writeCommit(git, { tree, parents: [base], message, author: signature, committer: signature });
  await git.text(["update-ref", `refs/heads/${branch}`, head]);
  await noticeRefs(world, actor);

  const body = `Reverts ${world.owner}/${world.name}#${row.number}`;
  const facts = { headOwner: world.owner, headRef: branch, headSha: head, baseRef, baseSha: base, draft: false };
  return openPull(world, actor, { title, body }, facts);
}
