import { PushRejectedError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

type ShareBranchPorts = Pick<Ports, "git" | "branches">;

/** A commit for one of our branches. */
export interface SharedCommit {
  readonly head: string;
  /** The remote's head whose place it takes, as it was when it was looked at; `null`: there was none. */
  readonly over: string | null;
  /** What it proposes. */
  readonly paths: readonly string[];
}

/**
 * Moves one of our branches to a commit, here and on the remote. When another run was faster with the very same content,
 * its commit is as good as ours.
 *
 * @returns the commit that the branch holds now.
 * @throws PushRejectedError when the remote's branch is not what it was: nothing is overwritten.
 */
export async function shareBranch(
  ports: ShareBranchPorts,
  repository: Repository,
  branch: string,
  { head, over, paths }: SharedCommit,
): Promise<string> {
  const ref = `refs/heads/${branch}`;
  const local = await ports.git.resolve(ref);
  if (local !== head) await ports.branches.updateRefs(repository, [{ ref, id: head, expected: local }]);
  if (repository.remote === null || (await sharedHead(ports, repository, branch)) === head) return head;
  try {
    await ports.branches.push(repository, [{ ref, id: head, expected: over }]);
    return head;
  } catch (error) {
    if (!(error instanceof PushRejectedError) || error.reason !== "moved") throw error;
    await ports.branches.fetch(repository);
    const theirs = await sharedHead(ports, repository, branch);
    if (theirs === null || !(await isSameContent(ports, paths, theirs, head))) throw error;
    await ports.branches.updateRefs(repository, [{ ref, id: theirs, expected: head }]);
    return theirs;
  }
}

/** The head of a branch on the remote, as last fetched. */
export async function sharedHead(
  { git }: Pick<Ports, "git">,
  { remote }: Repository,
  branch: string,
): Promise<string | null> {
  return remote === null ? null : git.resolve(`refs/remotes/${remote}/${branch}`);
}

async function isSameContent(
  { git }: ShareBranchPorts,
  paths: readonly string[],
  a: string,
  b: string,
): Promise<boolean> {
  const ids = (commit: string) => Promise.all(paths.map((path) => git.resolve(`${commit}:${path}`)));
  const [first, second] = await Promise.all([ids(a), ids(b)]);
  return first.every((id, i) => id === second[i]);
}
