import { BranchHeldError, RefMovedError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { shareBranch } from "./share-branch.ts";

/** Files by path in the folder, the tree id of a version that was there before, what the file holds, or `null`: nothing is there. */
export type ProposedContent = ReadonlyMap<string, Uint8Array> | string | Uint8Array | null;

/** What a branch of ours proposes, on top of the base commit. */
export interface ProposedCommit {
  readonly branch: string;
  /** By path: of folders of versions, of which nothing stays, or of a file. */
  readonly contents: ReadonlyMap<string, ProposedContent>;
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
  const paths = [...proposed.contents.keys()];
  const here = await ports.git.resolve(ref);
  await refuseForeign(ports, repository, branch, { here, over });
  for (const made of [over, here]) {
    if (made === null || !(await isCommitOf(ports, repository, made, proposed))) continue;
    if (made === over || (await ports.ancestry.isMadeToReplace(made, over)))
      return shareBranch(ports, repository, branch, { head: made, over, paths });
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
  return shareBranch(ports, repository, branch, { head, over, paths });
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
  { branch, contents, message, over, at }: ProposedCommit,
  expected: string | null,
): Promise<string> {
  const files = new Map<string, Uint8Array>();
  const folders = new Map<string, string>();
  const replace: string[] = [];
  for (const [path, content] of contents) {
    if (content instanceof Uint8Array) files.set(path, content);
    else replace.push(path);
    if (typeof content === "string") folders.set(path, content);
    else if (content !== null && !(content instanceof Uint8Array))
      for (const [file, bytes] of content) files.set(`${path}/${file}`, bytes);
  }
  return branches.commit(repository, {
    ref: `refs/heads/${branch}`,
    expected,
    parent: repository.baseCommit,
    replace,
    files,
    ...(folders.size > 0 && { folders }),
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

/** Whether a commit has these contents at the proposal's paths, and nothing else there. */
async function holds(ports: Pick<Ports, "git">, commit: string, { contents }: ProposedCommit): Promise<boolean> {
  for (const [path, content] of contents) if (!(await holdsAt(ports, { commit, path }, content))) return false;
  return true;
}

async function holdsAt(
  { git }: Pick<Ports, "git">,
  { commit, path }: { readonly commit: string; readonly path: string },
  content: ProposedContent,
): Promise<boolean> {
  if (content === null) return (await git.resolve(`${commit}:${path}`)) === null;
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
