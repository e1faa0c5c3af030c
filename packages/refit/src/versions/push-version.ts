import { BranchHeldError, RefMovedError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { shareBranch } from "./share-branch.ts";

/** A version for a branch of ours, on top of the base commit. */
export interface VersionCommit {
  readonly branch: string;
  /** The champion folder; nothing of what is in it stays. */
  readonly folder: string;
  /** Files by path in the folder, or the tree id of a version that was there before. */
  readonly content: ReadonlyMap<string, Uint8Array> | string;
  /** Ends with trailers. */
  readonly message: string;
  /** The remote's head whose place it takes, as it was when the run looked; `null`: there was none. */
  readonly over: string | null;
  /** Date of the commit, epoch milliseconds. */
  readonly at: number;
}

type PushVersionPorts = Pick<Ports, "ancestry" | "branches" | "git">;

/**
 * Commits a version to its branch and shares it. May be repeated: a commit of the very same version stays, whichever run
 * made it. One that only this clone has is made anew where the head it was made to replace is no longer the remote's:
 * what it says about that would be untrue.
 *
 * @returns the branch's head.
 * @throws BranchHeldError where somebody else's work is on the branch, here or on the remote.
 */
export async function pushVersion(
  ports: PushVersionPorts,
  repository: Repository,
  version: VersionCommit,
): Promise<string> {
  const { branch, over } = version;
  const ref = `refs/heads/${branch}`;
  const here = await ports.git.resolve(ref);
  await refuseForeign(ports, repository, branch, { here, over });
  for (const made of [over, here]) {
    if (made === null || !(await isCommitOf(ports, repository, made, version))) continue;
    if (made === over || (await ports.ancestry.isMadeToReplace(made, over)))
      return shareBranch(ports, repository, branch, { head: made, over });
  }
  let head: string;
  try {
    head = await commitVersion(ports, repository, version, here);
  } catch (error) {
    const theirs = error instanceof RefMovedError ? await ports.git.resolve(ref) : null;
    if (theirs === null || !(await holds(ports, theirs, version))) throw error;
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
  { branch, folder, content, message, over, at }: VersionCommit,
  expected: string | null,
): Promise<string> {
  const restored = typeof content === "string";
  return branches.commit(repository, {
    ref: `refs/heads/${branch}`,
    expected,
    parent: repository.baseCommit,
    replace: [folder],
    files: restored ? new Map() : new Map([...content].map(([file, bytes]) => [`${folder}/${file}`, bytes])),
    ...(restored && { folders: new Map([[folder, content]]) }),
    message: `${message}Refit-Replaces: ${over ?? "nothing"}\n`,
    at,
  });
}

/** Whether a commit is this version on this base: whatever else it says, it proposes the same. */
async function isCommitOf(
  ports: Pick<Ports, "git">,
  { baseCommit }: Repository,
  commit: string,
  version: VersionCommit,
): Promise<boolean> {
  return (await ports.git.resolve(`${commit}^`)) === baseCommit && (await holds(ports, commit, version));
}

/** Whether a commit has this content in the version's folder, and nothing else there. */
async function holds(
  { git }: Pick<Ports, "git">,
  commit: string,
  { folder, content }: VersionCommit,
): Promise<boolean> {
  if (typeof content === "string") return (await git.resolve(`${commit}:${folder}`)) === content;
  const entries = await git.list(commit, folder);
  if (entries.length !== content.size) return false;
  const stored = await git.read(entries.map(({ id }) => id));
  return entries.every(({ path }, i) => {
    const [ours, theirs] = [content.get(path), stored[i]];
    return ours !== undefined && theirs !== undefined && theirs !== null && Buffer.from(theirs).equals(ours);
  });
}
