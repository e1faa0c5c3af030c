import type { BareGit } from "./bare-git.ts";
import { readCommits, type Signature } from "./history.ts";
import { writeCommit } from "./tree-edit.ts";

/** Joins two commits. @returns the tree; `null`: they conflict */
export async function mergeTrees(git: BareGit, ours: string, theirs: string): Promise<string | null> {
  const { code, stdout, stderr } = await git.run([
    "merge-tree",
    "--write-tree",
    "--allow-unrelated-histories",
    ours,
    theirs,
  ]);
  if (code > 1) throw new Error(`git merge-tree: ${stderr}`);
  return code === 1 ? null : stdout.toString("utf8").split("\n")[0]!;
}

const nobody: Signature = { name: "hub", email: "hub@example.com", date: "2026-01-01T00:00:00Z" };

/**
 * Applies the difference from `base` to `theirs` onto `ours`; all three are commits or trees.
 *
 * git 2.39 cannot be told the merge base, so it is given three commits that have this one.
 */
export async function applyDifference(
  git: BareGit,
  { base, ours, theirs }: { readonly base: string; readonly ours: string; readonly theirs: string },
): Promise<string | null> {
  const commit = (treeish: string, parents: readonly string[]) =>
    writeCommit(git, { tree: `${treeish}^{tree}`, parents, message: treeish, author: nobody, committer: nobody });
  const root = await commit(base, []);
  return mergeTrees(git, await commit(ours, [root]), await commit(theirs, [root]));
}

/**
 * Replays the commits of `base..head`, oldest first, onto `base`, as "Rebase and merge" does: always new
 * commits, also when none was needed.
 *
 * @returns the last new commit; `null`: one of them conflicts
 */
export async function rebase(git: BareGit, base: string, head: string, committer: Signature): Promise<string | null> {
  const commits = await readCommits(git, "--reverse", "--topo-order", "--no-merges", `${base}..${head}`);
  let onto = base;
  for (const commit of commits) {
    const tree = await applyDifference(git, { base: commit.parents[0]!, ours: onto, theirs: commit.sha });
    if (tree === null) return null;
    onto = await writeCommit(git, { tree, parents: [onto], message: commit.message, author: commit.author, committer });
  }
  return onto;
}
