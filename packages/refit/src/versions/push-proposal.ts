import { BranchHeldError, RefMovedError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { shareBranch } from "./share-branch.ts";

/** What a branch of ours proposes, on top of the base commit. */
export interface ProposedCommit {
  readonly branch: string;
  /** Of the champion folder, of which nothing stays, or of a file. */
  readonly path: string;
  /** Files by path in the folder, the tree id of a version that was there before, or what the file holds. */
  readonly content: ReadonlyMap<string, Uint8Array> | string | Uint8Array;
  /** Ends with trailers. */
  readonly message: string;
  /** The remote's head whose place it takes, as it was when the run looked; `null`: there was none. */
  readonly over: string | null;
  /** Date of the commit, epoch milliseconds. */
  readonly at: number;
}

type PushProposalPorts = Pick<Ports, "ancestry" | "branches" | "git">;

/**
 * Commits a proposal to its branch and shares it. May be repeated: a commit of the very same content stays, whichever run
 * made it. One that only this clone has is made anew where the head it was made to replace is no longer the remote's:
 * what it says about that would be untrue.
 *
 * @returns the branch's head.
 * @throws BranchHeldError where somebody else's work is on the branch, here or on the remote.
 */
export async function pushProposal(
  ports: PushProposalPorts,
  repository: Repository,
  proposed: ProposedCommit,
): Promise<string> {
  const { branch, over } = proposed;
  const ref = `refs/heads/${branch}`;
  const here = await ports.git.resolve(ref);
  await refuseForeign(ports, repository, branch, { here, over });
  for (const made of [over, here]) {
    if (made === null || !(await isCommitOf(ports, repository, made, proposed))) continue;
    if (made === over || (await ports.ancestry.isMadeToReplace(made, over)))
      return shareBranch(ports, repository, branch, { head: made, over });
  }
  let head: string;
  try {
    head = await commitVersion(ports, repository, proposed, here);
  } catch (error) {
    const theirs = error instanceof RefMovedError ? await ports.git.resolve(ref) : null;
    if (theirs === null || !(await holds(ports, theirs, proposed))) throw error;
    if (!(await ports.ancestry.isMadeToReplace(theirs, over))) throw error;
    head = theirs;
  }
  return shareBranch(ports, repository, branch, { head, over });
}

/** The lease is on the head that is looked at here: what comes to the branch later is refused by the remote. */
async function refuseForeign(
  { ancestry }: Pick<Ports, "ancestry">,
  repository: Repository,
  branch: string,
  { here, over }: { readonly here: string | null; readonly over: string | null },
): Promise<void> {
  for (const [head, where] of [
    [over, repository.remote],
    [here, null],
  ] as const) {
    if (head !== null && !(await ancestry.isReplaceable(repository, branch, head)))
      throw new BranchHeldError(branch, head, where);
  }
}

function commitVersion(
  { branches }: Pick<Ports, "branches">,
  repository: Repository,
  { branch, path, content, message, over, at }: ProposedCommit,
  expected: string | null,
): Promise<string> {
  const restored = typeof content === "string";
  const isFile = content instanceof Uint8Array;
  return branches.commit(repository, {
    ref: `refs/heads/${branch}`,
    expected,
    parent: repository.baseCommit,
    replace: isFile ? [] : [path],
    files: isFile
      ? new Map([[path, content]])
      : new Map(restored ? [] : [...content].map(([file, bytes]) => [`${path}/${file}`, bytes])),
    ...(restored && { folders: new Map([[path, content]]) }),
    message: `${message}Refit-Replaces: ${over ?? "nothing"}\n`,
    at,
  });
}

/** Whether a commit is this proposal on this base: whatever else it says, it proposes the same. */
async function isCommitOf(
  ports: Pick<Ports, "git">,
  { baseCommit }: Repository,
  commit: string,
  proposed: ProposedCommit,
): Promise<boolean> {
  return (await ports.git.resolve(`${commit}^`)) === baseCommit && (await holds(ports, commit, proposed));
}

/** Whether a commit has this content at the proposal's path, and nothing else there. */
async function holds({ git }: Pick<Ports, "git">, commit: string, { path, content }: ProposedCommit): Promise<boolean> {
  if (typeof content === "string") return (await git.resolve(`${commit}:${path}`)) === content;
  if (content instanceof Uint8Array) {
    const [stored] = await git.read([`${commit}:${path}`]);
    return stored ? Buffer.from(stored).equals(content) : false;
  }
  const entries = await git.list(commit, path);
  if (entries.length !== content.size) return false;
  const stored = await git.read(entries.map(({ id }) => id));
  return entries.every((entry, i) => {
    const [ours, theirs] = [content.get(entry.path), stored[i]];
    return ours !== undefined && theirs !== undefined && theirs !== null && Buffer.from(theirs).equals(ours);
  });
}
