import { RefMovedError } from "@refit/core/errors";
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
  readonly message: string;
  /** Date of the commit, epoch milliseconds. */
  readonly at: number;
}

/**
 * Commits a version to its branch and shares it. May be repeated. When another run in this clone was faster with the very
 * same version, its commit is as good as ours.
 *
 * @returns the branch's head.
 */
export async function pushVersion(
  ports: Pick<Ports, "git" | "branches">,
  repository: Repository,
  version: VersionCommit,
): Promise<string> {
  const { branch } = version;
  const ref = `refs/heads/${branch}`;
  let head: string;
  try {
    head = await commitVersion(ports, repository, ref, version);
  } catch (error) {
    const theirs = error instanceof RefMovedError ? await ports.git.resolve(ref) : null;
    if (theirs === null || !(await holds(ports, theirs, version))) throw error;
    head = theirs;
  }
  return shareBranch(ports, repository, branch, head);
}

async function commitVersion(
  ports: Pick<Ports, "git" | "branches">,
  repository: Repository,
  ref: string,
  { folder, content, message, at }: VersionCommit,
): Promise<string> {
  const restored = typeof content === "string";
  return ports.branches.commit(repository, {
    ref,
    expected: await ports.git.resolve(ref),
    parent: repository.baseCommit,
    replace: [folder],
    files: restored ? new Map() : new Map([...content].map(([file, bytes]) => [`${folder}/${file}`, bytes])),
    ...(restored && { folders: new Map([[folder, content]]) }),
    message,
    at,
  });
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
