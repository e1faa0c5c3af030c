import { lstat } from "node:fs/promises";
import path from "node:path";
import { SourceOutsideError } from "@refit/core/errors";
import type { NamingProblem } from "../../../../ports/sources.ts";
import type { Repository } from "../../../../ports/repository.ts";
import type { GitProcess } from "../../../git/git-process.ts";
import type { PlacedFile } from "../../source-kind.ts";
import { gitListing, type GitListing } from "../git-listing.ts";
import { realInside } from "../inside.ts";
import { standing } from "../list-sources.ts";

/** A file that a row names, found but not read. */
export interface FoundName {
  readonly path: string;
  /** `null`: git does not track it. */
  readonly blob: string | null;
  /** What decides "unchanged" without reading: the blob id, or size, mtime and inode. */
  readonly identity: string;
  /** Of what git stores, or of the file; a pointer of Git LFS is smaller than its data. */
  readonly bytes: number;
  /** Whether the file in the work tree is what is meant. */
  readonly inPlace: boolean;
  /** Where its bytes come from; left out: it lies in the repository. */
  readonly placed?: PlacedFile;
}

/** Bytes that one file may have. */
const mostBytes = 2 ** 30;

/** Finds files that rows name, in the commit or, where git ignores them, on the disk. */
export interface NameLookup {
  find(name: string): Promise<FoundName | NamingProblem>;
}

/** @param names all paths that will be asked for: git is asked about the folder that they have in common, once. */
export async function nameLookup(
  git: GitProcess,
  repository: Repository,
  { names, workTree }: { readonly names: readonly string[]; readonly workTree: boolean },
): Promise<NameLookup> {
  const listing = await gitListing(git, repository, [commonFolder(names)]);
  const ignored = new Set([...listing.ignored, ...(workTree ? listing.untracked : [])]);
  let spelled: Map<string, string> | null = null;
  const otherCase = (name: string) => {
    spelled ??= new Map([...listing.tracked.keys(), ...ignored].map((each) => [each.toLowerCase(), each]));
    return spelled.get(name.toLowerCase());
  };
  return {
    async find(name) {
      const { root } = repository;
      const isEdited = listing.differing.has(name);
      const committed = workTree && isEdited ? undefined : listing.tracked.get(name);
      if (committed !== undefined) {
        const { blob, bytes } = committed;
        return withinSize({ path: name, blob, identity: blob, bytes, inPlace: !isEdited });
      }
      if (isBehindLink(listing, name))
        return { code: "file-path", words: "is a symbolic link in the base commit, or lies behind one" };
      if (ignored.has(name) || (workTree && isEdited)) {
        const found = onDisk(root, name);
        if (found !== null) return found;
      }
      return { code: "file-missing", words: await absence(repository, name, otherCase(name)) };
    },
  };
}

/** Finds files of a remote place among those that it has listed. */
export function placedLookup(files: ReadonlyMap<string, PlacedFile>): NameLookup {
  let spelled: Map<string, string> | null = null;
  return {
    async find(name) {
      const placed = files.get(name);
      if (placed !== undefined) {
        const { identity, bytes } = placed;
        return withinSize({ path: name, blob: null, identity, bytes: bytes ?? 0, inPlace: false, placed });
      }
      spelled ??= new Map([...files.keys()].map((each) => [each.toLowerCase(), each]));
      return { code: "file-missing", words: missingWords(spelled.get(name.toLowerCase())) };
    },
  };
}

function withinSize(found: FoundName): FoundName | NamingProblem {
  if (found.bytes <= mostBytes) return found;
  return { code: "file-too-large", words: `has ${found.bytes} bytes; at most 1 GiB is possible` };
}

/** @returns `null`: nothing is there, or something else than a file. */
function onDisk(root: string, name: string): FoundName | NamingProblem | null {
  try {
    const now = standing(root, name);
    return now && withinSize({ path: name, blob: null, inPlace: true, bytes: now.bytes, identity: now.identity });
  } catch (error) {
    if (!(error instanceof SourceOutsideError)) throw error;
    return { code: "file-path", words: "is a symbolic link that leads out of the repository, or lies behind one" };
  }
}

function isBehindLink({ links }: GitListing, name: string): boolean {
  if (links.size === 0) return false;
  const parts = name.split("/");
  return parts.some((_, depth) => links.has(parts.slice(0, depth + 1).join("/")));
}

/** Why there is no such file, as a clause. */
async function absence({ root, baseBranch }: Repository, name: string, near: string | undefined): Promise<string> {
  const facts = await lstat(path.join(root, name)).catch(() => null);
  if (facts?.isDirectory() === true) return "is a folder";
  if (isOutside(root, name)) return "leads out of the repository";
  if (facts?.isFile() === true)
    return `is neither on ${baseBranch} nor git-ignored, so it is not read: commit it, or git-ignore it`;
  if (facts !== null) return "is not a regular file";
  return missingWords(near);
}

function isOutside(root: string, name: string): boolean {
  try {
    realInside(root, name);
    return false;
  } catch {
    return true;
  }
}

const missingWords = (near: string | undefined) =>
  near === undefined ? "does not exist" : `does not exist; there is ${JSON.stringify(near)}`;

/** The deepest folder that all paths have in common and that git takes as it is written; empty: the root. */
export function commonFolder(names: readonly string[]): string {
  const [first = "", ...others] = names;
  let folder = first.split("/").slice(0, -1);
  for (const name of others) {
    const parts = name.split("/").slice(0, -1);
    const end = folder.findIndex((part, depth) => parts[depth] !== part);
    if (end >= 0) folder = folder.slice(0, end);
  }
  const special = folder.findIndex((part) => /[*?[\]\\:!^]/.test(part));
  return (special < 0 ? folder : folder.slice(0, special)).join("/");
}
