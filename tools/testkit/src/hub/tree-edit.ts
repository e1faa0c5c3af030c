import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BareGit } from "./bare-git.ts";
import type { Signature } from "./history.ts";

export interface TreeChange {
  readonly path: string;
  readonly mode: string;
  /** Object id; `null` removes the path. */
  readonly id: string | null;
}

/** Applies changes to a tree. @param base `null`: the empty tree. @returns the new tree's id */
export async function editTree(git: BareGit, base: string | null, changes: readonly TreeChange[]): Promise<string> {
  const index = join(git.path, `hub-index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  try {
    await git.text(base === null ? ["read-tree", "--empty"] : ["read-tree", base], { env });
    for (const change of changes.filter((item) => item.mode === "040000" && item.id !== null)) {
      await git.text(["read-tree", `--prefix=${change.path}/`, change.id!], { env });
    }
    const lines = changes
      .filter((item) => item.mode !== "040000" || item.id === null)
      .map(({ mode, id, path }) => (id === null ? `0 ${"0".repeat(40)}\t${path}\0` : `${mode} ${id}\t${path}\0`));
    await git.text(["update-index", "-z", "--index-info"], { env, input: lines.join("") });
    return await git.text(["write-tree"], { env });
  } finally {
    await rm(index, { force: true });
  }
}

export function writeBlob(git: BareGit, bytes: Uint8Array): Promise<string> {
  return git.text(["hash-object", "-w", "--stdin"], { input: bytes });
}

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
}

export function writeCommit(git: BareGit, commit: NewCommit): Promise<string> {
  const parents = commit.parents.flatMap((id) => ["-p", id]);
  return git.text(["commit-tree", commit.tree, ...parents, "-F", "-"], {
    input: commit.message,
    env: {
      GIT_AUTHOR_NAME: commit.author.name,
      GIT_AUTHOR_EMAIL: commit.author.email,
      GIT_AUTHOR_DATE: commit.author.date,
      GIT_COMMITTER_NAME: commit.committer.name,
      GIT_COMMITTER_EMAIL: commit.committer.email,
      GIT_COMMITTER_DATE: commit.committer.date,
    },
  });
}
