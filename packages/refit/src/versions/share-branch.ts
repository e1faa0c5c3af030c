import { PushRejectedError } from "@refit/core/errors";
import { championFolderOf } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

type ShareBranchPorts = Pick<Ports, "git" | "branches">;

/**
 * Moves one of our branches to a commit, here and on the remote. When another run was faster with the very same version,
 * its commit is as good as ours.
 *
 * @returns the commit that the branch holds now.
 */
export async function shareBranch(
  ports: ShareBranchPorts,
  repository: Repository,
  branch: string,
  head: string,
): Promise<string> {
  const ref = `refs/heads/${branch}`;
  const [local, shared] = await Promise.all([ports.git.resolve(ref), sharedHead(ports, repository, branch)]);
  if (local !== head) await ports.branches.updateRefs(repository, [{ ref, id: head, expected: local }]);
  if (repository.remote === null || shared === head) return head;
  try {
    await ports.branches.push(repository, [{ ref, id: head, expected: shared }]);
    return head;
  } catch (error) {
    if (!(error instanceof PushRejectedError) || error.reason !== "moved") throw error;
    await ports.branches.fetch(repository);
    const theirs = await sharedHead(ports, repository, branch);
    if (theirs === null || !(await isSameVersion(ports, branch, theirs, head))) throw error;
    await ports.branches.updateRefs(repository, [{ ref, id: theirs, expected: head }]);
    return theirs;
  }
}

async function sharedHead({ git }: ShareBranchPorts, { remote }: Repository, branch: string): Promise<string | null> {
  return remote === null ? null : git.resolve(`refs/remotes/${remote}/${branch}`);
}

async function isSameVersion({ git }: ShareBranchPorts, branch: string, a: string, b: string): Promise<boolean> {
  const folder = championFolderOf(branch);
  const [first, second] = await Promise.all([a, b].map((commit) => git.resolve(`${commit}:${folder}`)));
  return first !== null && first === second;
}
