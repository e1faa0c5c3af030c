import type { Actor } from "./actors.ts";
import { issueOf, newComment, rewriteIssue, turnIssue } from "./issues.ts";
import { resolveCommit } from "./history.ts";
import { autoMerge, mergePull } from "./merge-pulls.ts";
import { enqueue, mergeQueued, mergeTogether, type QueuedPull } from "./merge-queue.ts";
import { pullOf, signatureOf } from "./pulls.ts";
import { closePull, emitPull, noticeRefs } from "./refs.ts";
import { revertPull } from "./revert.ts";
import { isPull, type MergeMethod, type PullRow } from "./rows.ts";
import { editTree, writeBlob, writeCommit, type TreeChange } from "./tree-edit.ts";
import { timestamp, type World } from "./world.ts";

/** What ada does with the mouse. */
export interface Person {
  readonly login: string;
  /** @returns the commit that the base branch points to then. @throws Refusal as the button would be grey */
  merge(pull: number, method?: MergeMethod): Promise<string>;
  /** Puts pull requests into the merge queue, which asks for their checks on commits of its own. @throws as `merge` */
  enqueue(...pulls: readonly number[]): Promise<QueuedPull[]>;
  /** The queue merges those first in it whose required checks have passed, and takes out the rest. @returns the merged ones */
  mergeQueued(queued: readonly QueuedPull[]): Promise<number[]>;
  /** Lets the merge queue take several whose checks have passed: one push, by github-merge-queue[bot]. @returns as `merge` */
  queue(...pulls: readonly number[]): Promise<string>;
  /** Closes an issue, or a pull request without merging it. */
  close(number: number): Promise<void>;
  /** @param login who does; left out: ada */
  approve(pull: number, login?: string): Promise<void>;
  /** Ticks a box of an issue, the first that is not ticked in a line with these words. @throws where there is none */
  tick(issue: number, words: string): Promise<void>;
  /** Writes the text of an issue anew. */
  edit(issue: number, body: string): Promise<void>;
  /** @returns the comment's id */
  comment(number: number, body: string): Promise<number>;
  /** The Revert button of a merged pull request: a new one with one commit. @returns its number */
  revert(pull: number): Promise<number>;
  readyForReview(pull: number): Promise<void>;
  deleteBranch(branch: string): Promise<void>;
  lock(number: number): Promise<void>;
  /**
   * Commits files by the web editor, past all rules; `null` removes one. A new branch starts at `main`.
   *
   * @returns the commit's id
   */
  commit(branch: string, files: EditedFiles, message?: string): Promise<string>;
}

/** New content by path; `null` removes the file. */
type EditedFiles = Readonly<Record<string, string | Uint8Array | null>>;

export function personOf(world: World, exclusive: <T>(task: () => Promise<T>) => Promise<T>): Person {
  const actor = world.person;
  const rowsOf = (pulls: readonly number[]) => pulls.map((number) => pullOf(world, number));
  const act = <T>(task: () => Promise<T> | T) =>
    exclusive(async () => {
      await noticeRefs(world, actor);
      const result = await task();
      await autoMerge(world);
      return result;
    });
  return {
    login: actor.login,
    merge: (pull, method = "merge") => act(() => mergePull(world, actor, pullOf(world, pull), { method })),
    enqueue: (...pulls) => act(() => enqueue(world, rowsOf(pulls))),
    mergeQueued: (queued) => act(() => mergeQueued(world, queued)),
    queue: (...pulls) => act(() => mergeTogether(world, rowsOf(pulls))),
    tick: (number, words) => act(() => tick(world, actor, number, words)),
    edit: (number, body) => act(() => rewriteIssue(world, actor, issueOf(world, number), { body })),
    comment: (number, body) => act(() => newComment(world, actor, issueOf(world, number), body).id),
    revert: (pull) => act(async () => (await revertPull(world, actor, pullOf(world, pull))).number),
    close: (number) => act(() => close(world, actor, number)),
    approve: (number, login = actor.login) => act(() => approve(world, holderOf(world, login), pullOf(world, number))),
    readyForReview: (number) =>
      act(() => {
        const row = pullOf(world, number);
        row.pull.draft = false;
        emitPull(world, actor, row, { action: "ready_for_review" });
      }),
    deleteBranch: (branch) =>
      act(async () => {
        await world.git.text(["update-ref", "-d", `refs/heads/${branch}`]);
        await noticeRefs(world, actor);
      }),
    commit: (branch, files, message = "Edit") => act(() => commit(world, actor, branch, { files, message })),
    lock: (number) =>
      act(() => {
        issueOf(world, number).locked = true;
      }),
  };
}

function close(world: World, actor: Actor, number: number): void {
  const row = issueOf(world, number);
  if (isPull(row)) return closePull(world, actor, row);
  turnIssue(world, actor, row, "completed");
}

/** As the page in a browser does it, which sends the whole text with its line ends. */
function tick(world: World, actor: Actor, number: number, words: string): void {
  const row = issueOf(world, number);
  const lines = (row.body ?? "").split(/\r?\n/);
  const at = lines.findIndex((line) => line.startsWith("- [ ] ") && line.includes(words));
  if (at === -1) throw new Error(`issue ${number} has no box with ${JSON.stringify(words)} that is not ticked`);
  lines[at] = lines[at]!.replace("[ ]", "[x]");
  rewriteIssue(world, actor, row, { body: lines.join("\r\n") });
}

function holderOf(world: World, login: string): Actor {
  const found = [...world.actors.values()].find((each) => each.login === login);
  if (found === undefined) throw new Error(`nobody is called ${login}`);
  return found;
}

function approve(world: World, actor: Actor, row: PullRow): void {
  world.rows.reviews.push({
    id: world.nextId(),
    pull: row.number,
    author: actor,
    commit: row.pull.headSha,
    submittedAt: timestamp(world),
    body: "",
    state: "APPROVED",
  });
}

async function commit(
  world: World,
  actor: Actor,
  branch: string,
  { files, message }: { readonly files: EditedFiles; readonly message: string },
): Promise<string> {
  const { git } = world;
  const ref = `refs/heads/${branch}`;
  const parent = (await resolveCommit(git, ref)) ?? (await resolveCommit(git, "refs/heads/main"));
  const changes: TreeChange[] = [];
  for (const [path, content] of Object.entries(files)) {
    const id = content === null ? null : await writeBlob(git, Buffer.from(content));
    changes.push({ path, mode: "100644", id });
  }
  const signature = signatureOf(world, actor);
  const id = await writeCommit(git, {
    tree: await editTree(git, parent, changes),
    parents: parent === null ? [] : [parent],
    message: `${message}\n`,
    author: signature,
    committer: signature,
  });
  await git.text(["update-ref", ref, id]);
  await noticeRefs(world, actor);
  return id;
}
