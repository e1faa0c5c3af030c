import type { Repository } from "../../../ports/repository.ts";
import type { GitProcess } from "../../git/git-process.ts";
import { plainDiff } from "../../git/plain-diff.ts";

/** A regular file of the base commit. */
export interface TrackedFile {
  readonly blob: string;
  /** Of the stored blob: for Git LFS, of the pointer. */
  readonly bytes: number;
}

/** What git knows of the files below some folders. Paths are relative to the repository's root. */
export interface GitListing {
  readonly tracked: ReadonlyMap<string, TrackedFile>;
  /** Symbolic links of the base commit. */
  readonly links: ReadonlySet<string>;
  /** Paths whose work tree file is not what the base commit has, including new and deleted ones. */
  readonly differing: ReadonlySet<string>;
  readonly ignored: readonly string[];
  /** In the work tree, but neither in the index nor ignored. */
  readonly untracked: readonly string[];
}

/** Asks git two things at once. @param folders files or folders; "" is the root. */
export async function gitListing(
  git: GitProcess,
  repository: Repository,
  folders: readonly string[],
): Promise<GitListing> {
  const below = folders.includes("") ? [] : ["--", ...folders];
  const ask = async (...args: string[]): Promise<string[]> =>
    (await git.run([...args, ...below], { cwd: repository.root })).split("\0").filter((line) => line !== "");
  const [tree, lines] = await Promise.all([
    ask("ls-tree", "-r", "-l", "-z", "--full-tree", repository.baseCommit),
    ask(
      "status",
      "--porcelain=v2",
      "--branch",
      "-z",
      "--untracked-files=all",
      "--ignored=traditional",
      ...sameEverywhere,
    ),
  ]);
  const tracked = new Map<string, TrackedFile>();
  const links = new Set<string>();
  for (const line of tree) {
    const [, mode, blob, bytes, path] = /^(\d+) \S+ (\S+) +(\S+)\t(.*)$/s.exec(line) as unknown as string[];
    if (mode!.startsWith("100")) tracked.set(path!, { blob: blob!, bytes: Number(bytes) });
    else if (mode === "120000") links.add(path!);
  }
  const { head, changed, ignored, untracked } = readStatus(lines);
  const differing =
    head === repository.baseCommit
      ? changed
      : await ask("diff", "--name-only", "-z", ...plainDiff, repository.baseCommit);
  return { tracked, links, differing: new Set(differing), ignored, untracked };
}

const sameEverywhere = ["--no-renames", "--ignore-submodules=all"];

/** Fields before the path, by the first letter of an entry of `status --porcelain=v2`: changed, unmerged. */
const fieldsBeforePath: Readonly<Record<string, number>> = { "1": 8, u: 10 };

function readStatus(lines: readonly string[]) {
  let head: string | null = null;
  const changed: string[] = [];
  const ignored: string[] = [];
  const untracked: string[] = [];
  for (const line of lines) {
    const [kind] = line.split(" ", 1) as [string];
    if (line.startsWith("# branch.oid ")) head = line.slice("# branch.oid ".length);
    else if (kind === "?") untracked.push(line.slice(2));
    else if (kind === "!") ignored.push(line.slice(2));
    else if (kind in fieldsBeforePath) changed.push(line.split(" ").slice(fieldsBeforePath[kind]).join(" "));
  }
  return { head, changed, ignored, untracked };
}
