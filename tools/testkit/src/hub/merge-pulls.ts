import type { Actor } from "./actors.ts";
import { readCommits, type Signature } from "./history.ts";
import { mergeTrees, rebase } from "./merging.ts";
import { mergeBlock } from "./protection.ts";
import { baseTip, mergeability, signatureOf } from "./pulls.ts";
import { branchRef, markMerged, noticeRefs, pullRows } from "./refs.ts";
import { Refusal } from "./reply.ts";
import type { MergeMethod, PullRow } from "./rows.ts";
import { writeCommit } from "./tree-edit.ts";
import { timestamp, type World } from "./world.ts";

export interface MergeRequest {
  readonly method: MergeMethod;
  /** Head the caller saw; another one now is a conflict (409). */
  readonly sha?: string | undefined;
  readonly title?: string | undefined;
  readonly message?: string | undefined;
}

const methodNames = { merge: "Merge commits", squash: "Squash merges", rebase: "Rebase merges" } as const;

/** Merges by git. @returns the commit the base branch points to then. @throws Refusal 405, 409 */
export async function mergePull(world: World, actor: Actor, row: PullRow, request: MergeRequest): Promise<string> {
  const { pull } = row;
  if (row.state === "closed") throw new Refusal(405, "Pull Request is not mergeable");
  if (pull.draft) throw new Refusal(405, "Pull Request is still a draft");
  if (!world.settings.mergeMethods.includes(request.method)) {
    throw new Refusal(405, `${methodNames[request.method]} are not allowed on this repository.`);
  }
  if (request.sha !== undefined && request.sha !== pull.headSha) {
    throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
  }
  const base = await baseTip(world, row);
  const block = await mergeBlock(world, row, base);
  if (block !== null) throw new Refusal(405, block);

  const sha = await mergedCommit(world, actor, row, { ...request, onto: base });
  if (sha === null) throw new Refusal(405, "Pull Request is not mergeable");
  await world.git.text(["update-ref", `refs/heads/${pull.baseRef}`, sha, base]);
  markMerged(world, actor, row, { sha, onto: base });
  if (world.settings.deleteBranchOnMerge) {
    await world.git.text(["update-ref", "-d", branchRef(world, pull.headOwner, pull.headRef)]);
  }
  await noticeRefs(world, actor);
  return sha;
}

/** Merges what auto-merge was armed for and nothing holds back any more; on behalf of who armed it. */
export async function autoMerge(world: World): Promise<void> {
  for (const row of pullRows(world)) {
    const armed = row.pull.autoMerge;
    if (row.state === "closed" || armed === null) continue;
    const { mergeable_state: state } = await mergeability(world, row);
    if (state !== "clean" && state !== "unstable") continue;
    await mergePull(world, armed.by, row, { method: armed.method }).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      row.pull.autoMerge = null;
    });
  }
}

/** @param onto commit of the base branch that it is merged into. @returns `null` on a conflict. */
export async function mergedCommit(
  world: World,
  actor: Actor,
  row: PullRow,
  { method, title, message, onto }: MergeRequest & { readonly onto: string },
): Promise<string | null> {
  const { pull } = row;
  const committer: Signature = { name: "GitHub", email: "noreply@github.com", date: timestamp(world) };
  if (method === "rebase") return rebase(world.git, onto, pull.headSha, committer);

  const tree = await mergeTrees(world.git, onto, pull.headSha);
  if (tree === null) return null;
  const squash = method === "squash";
  const subject = title ?? (squash ? `${row.title} (#${row.number})` : mergeSubject(row));
  const body = message ?? (squash ? await squashBody(world, onto, pull.headSha) : row.title);
  return writeCommit(world.git, {
    tree,
    parents: squash ? [onto] : [onto, pull.headSha],
    message: body === "" ? `${subject}\n` : `${subject}\n\n${body}\n`,
    author: signatureOf(world, squash ? row.author : actor),
    committer,
  });
}

function mergeSubject({ number, pull }: PullRow): string {
  return `Merge pull request #${number} from ${pull.headOwner}/${pull.headRef}`;
}

async function squashBody(world: World, base: string, head: string): Promise<string> {
  const commits = await readCommits(world.git, "--reverse", `${base}..${head}`);
  if (commits.length === 1) return commits[0]!.message.split("\n").slice(2).join("\n");
  return commits.map((commit) => `* ${commit.message}`).join("\n\n");
}
