import type { BareGit } from "./bare-git.ts";
import { listRefs } from "./list-refs.ts";

export interface CommitFacts {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

export interface FileChange {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: "added" | "removed" | "modified" | "renamed";
  readonly additions: number;
  readonly deletions: number;
  readonly blob: string;
}

const format = "%H%x1f%T%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%cn%x1f%ce%x1f%cI%x1f%B%x1e";

/** Commits that `git log` selects, newest first. */
export async function readCommits(git: BareGit, ...selection: string[]): Promise<CommitFacts[]> {
  const out = await git.text(["log", `--format=${format}`, ...selection]);
  return out
    .split("\x1e")
    .map((record) => record.replace(/^\n/, ""))
    .filter((record) => record !== "")
    .map((record) => {
      const [sha, tree, parents, an, ae, ad, cn, ce, cd, message] = record.split("\x1f") as [string, ...string[]];
      return {
        sha,
        tree: tree ?? "",
        parents: (parents ?? "").split(" ").filter((id) => id !== ""),
        author: { name: an ?? "", email: ae ?? "", date: inUtc(ad ?? "") },
        committer: { name: cn ?? "", email: ce ?? "", date: inUtc(cd ?? "") },
        message: (message ?? "").replace(/\n+$/, ""),
      };
    });
}

function inUtc(date: string): string {
  return new Date(date).toISOString().replace(".000Z", "Z");
}

export async function resolveCommit(git: BareGit, revision: string): Promise<string | null> {
  if (revision.startsWith("-")) return null;
  // Only commits stand in branches, so their files say it all.
  if (revision.startsWith("refs/heads/")) return listRefs(git, "refs/heads").get(revision) ?? null;
  return git.find(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
}

export async function isAncestor(git: BareGit, ancestor: string, descendant: string): Promise<boolean> {
  return (await git.run(["merge-base", "--is-ancestor", ancestor, descendant])).code === 0;
}

export function mergeBase(git: BareGit, one: string, other: string): Promise<string | null> {
  return git.find(["merge-base", one, other]);
}

export async function countCommits(git: BareGit, range: string): Promise<number> {
  return Number(await git.text(["rev-list", "--count", range]));
}

/** What changed between two trees, by path. */
export async function changedFiles(git: BareGit, from: string, to: string): Promise<FileChange[]> {
  const raw = (await git.text(["diff-tree", "-r", "-M", "-z", "--raw", from, to])).split("\0");
  const counts = await lineCounts(git, from, to);
  const changes: FileChange[] = [];
  for (let at = 0; (raw[at] ?? "") !== "";) {
    const [, , , blob, code] = raw[at]!.split(" ");
    const moved = code!.startsWith("R") || code!.startsWith("C");
    const path = raw[at + (moved ? 2 : 1)]!;
    changes.push({
      path,
      previousPath: moved ? raw[at + 1]! : null,
      status: code!.startsWith("A") ? "added" : code!.startsWith("D") ? "removed" : moved ? "renamed" : "modified",
      ...(counts.get(path) ?? { additions: 0, deletions: 0 }),
      blob: blob!,
    });
    at += moved ? 3 : 2;
  }
  return changes;
}

async function lineCounts(git: BareGit, from: string, to: string) {
  const out = (await git.text(["diff-tree", "-r", "-M", "-z", "--numstat", from, to])).split("\0");
  const counts = new Map<string, { additions: number; deletions: number }>();
  for (let at = 0; (out[at] ?? "") !== "";) {
    const [additions, deletions, path] = out[at]!.split("\t");
    const moved = path === "";
    // Binary files count as "-".
    counts.set(moved ? out[at + 2]! : path!, { additions: Number(additions) || 0, deletions: Number(deletions) || 0 });
    at += moved ? 3 : 1;
  }
  return counts;
}
