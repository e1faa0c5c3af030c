import type { Repository } from "../../ports.ts";
import type { GitProcess } from "../git-process.ts";

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

/** Asks git four things at once. @param folders files or folders; "" is the root. */
export async function gitListing(
  git: GitProcess,
  repository: Repository,
  folders: readonly string[],
): Promise<GitListing> {
  const below = folders.includes("") ? [] : ["--", ...folders];
  const ask = async (...args: string[]): Promise<string[]> =>
    (await git.run([...args, ...below], { cwd: repository.root })).split("\0").filter((line) => line !== "");
  const [tree, differing, ignored, untracked] = await Promise.all([
    ask("ls-tree", "-r", "-l", "-z", "--full-tree", repository.baseCommit),
    ask(
      "diff",
      "--name-only",
      "-z",
      "--no-ext-diff",
      "--no-textconv",
      "--no-renames",
      "--no-relative",
      "--ignore-submodules",
      repository.baseCommit,
    ),
    ask("ls-files", "--others", "--ignored", "--exclude-standard", "-z"),
    ask("ls-files", "--others", "--exclude-standard", "-z"),
  ]);
  const tracked = new Map<string, TrackedFile>();
  const links = new Set<string>();
  for (const line of tree) {
    const [, mode, blob, bytes, path] = /^(\d+) \S+ (\S+) +(\S+)\t(.*)$/s.exec(line) as unknown as string[];
    if (mode!.startsWith("100")) tracked.set(path!, { blob: blob!, bytes: Number(bytes) });
    else if (mode === "120000") links.add(path!);
  }
  return { tracked, links, differing: new Set(differing), ignored, untracked };
}
