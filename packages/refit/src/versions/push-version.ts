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

/** Commits a version to its branch and shares it. May be repeated. @returns the branch's head. */
export async function pushVersion(
  ports: Pick<Ports, "git" | "branches">,
  repository: Repository,
  { branch, folder, content, message, at }: VersionCommit,
): Promise<string> {
  const ref = `refs/heads/${branch}`;
  const restored = typeof content === "string";
  const head = await ports.branches.commit(repository, {
    ref,
    expected: await ports.git.resolve(ref),
    parent: repository.baseCommit,
    replace: [folder],
    files: restored ? new Map() : new Map([...content].map(([file, bytes]) => [`${folder}/${file}`, bytes])),
    ...(restored && { folders: new Map([[folder, content]]) }),
    message,
    at,
  });
  return shareBranch(ports, repository, branch, head);
}
