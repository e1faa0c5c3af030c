import { lstatSync, realpathSync, statSync } from "node:fs";
import path from "node:path";

import { finding, type Finding } from "@refit/core/data";
import { quoted, SourceOutsideError } from "@refit/core/errors";
import { nearest, type DataManifest } from "@refit/core/spec";

import type { SourceFile, SourceListing } from "../../../ports/sources.ts";
import type { Repository } from "../../../ports/repository.ts";
import type { GitProcess } from "../../git/git-process.ts";
import type { GitListing } from "./git-listing.ts";
import type { Listings } from "./listings.ts";
import { globPattern, type PathPattern } from "@refit/core/spec";
import { realInside } from "./inside.ts";
import { sourceFormat } from "@refit/core/spec";

/** A listed file, and whether its bytes may be read where they lie. */
export interface ListedFile {
  readonly file: SourceFile;
  /** `size-mtime-inode` of the work tree file; `null`: the bytes must come out of git. */
  readonly inPlace: string | null;
  /** When the work tree file was changed last, epoch milliseconds by the disk's clock; 0: nothing rests on it. */
  readonly changedAt: number;
}

/** The listing, with what `fetch` has to know. */
export interface ListedSources extends Omit<SourceListing, "files"> {
  readonly files: readonly ListedFile[];
}

/** What lists files, with what is known of a repository and its data. */
export interface ListingRequest {
  readonly repository: Repository;
  readonly manifest: DataManifest;
  readonly listings: Listings;
}

/** Finds the files that a manifest names. @throws SourceOutsideError */
export async function listSources(git: GitProcess, request: ListingRequest, workTree: boolean): Promise<ListedSources> {
  const { repository, manifest, listings } = request;
  const { listing, askedAt } = await listings(repository, manifest);
  const listed = await listFrom(git, request, { listing, workTree });
  if (askedAt === null || listed.files.every(({ changedAt }) => changedAt < askedAt)) return listed;
  const { listing: anew } = await listings(repository, manifest, true);
  return listFrom(git, request, { listing: anew, workTree });
}

async function listFrom(
  git: GitProcess,
  { repository, manifest }: ListingRequest,
  { listing, workTree }: { readonly listing: GitListing; readonly workTree: boolean },
): Promise<ListedSources> {
  const files = new Map<string, ListedFile>();
  const findings: Finding[] = [];
  const notices: string[] = [];
  for (const source of manifest.sources) {
    const pattern = globPattern(source.path);
    const outside = [...listing.links].find((link) => pattern.test(link));
    if (outside !== undefined) throw new SourceOutsideError(outside, "is a symbolic link in the base commit");
    const matches = candidates(listing, { baseBranch: repository.baseBranch, workTree, notices }, pattern);
    let count = 0;
    const ignored = new Set(listing.ignored);
    for (const name of matches) {
      if (workTree && !ignored.has(name)) refuseLink(repository, name);
      const format = sourceFormat(name);
      if (format === null) {
        notices.push(`${quoted(name)} is not read: its name does not end in .csv, .tsv, .jsonl, .ndjson or .parquet.`);
        continue;
      }
      const delimiter = source.delimiter ?? format.delimiter;
      const found = { path: name, format: format.format, delimiter };
      const listed = describe(repository, listing, workTree, found);
      if (listed === null) continue;
      count++;
      if (!files.has(name)) files.set(name, listed);
    }
    if (count === 0 && workTree) refuseLinksAbove(repository, source.path);
    if (count === 0) findings.push(await nothingFound(git, repository, source.path, workTree));
  }
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, listed]) => listed);
  return { files: sorted, findings, notices: [...new Set(notices)] };
}

/** Paths that match and may be read; what is left out is told. */
function candidates(
  { tracked, differing, ignored, untracked }: GitListing,
  { baseBranch, workTree, notices }: { baseBranch: string; workTree: boolean; notices: string[] },
  pattern: PathPattern,
): string[] {
  const matching = (names: Iterable<string>): string[] => [...names].filter((name) => pattern.test(name));
  const committed = matching(tracked.keys());
  const edited = matching(differing);
  const others = matching(untracked);
  if (workTree) return [...new Set([...committed, ...edited, ...others, ...matching(ignored)])];
  for (const name of edited) {
    notices.push(
      tracked.has(name)
        ? `${quoted(name)} in the work tree differs from ${baseBranch}; refit reads ${baseBranch}.`
        : `${quoted(name)} is not on ${baseBranch} yet, so it is not read.`,
    );
  }
  for (const name of others) notices.push(`${quoted(name)} is neither committed nor git-ignored, so it is not read.`);
  return [...committed, ...matching(ignored)];
}

function describe(
  { root }: Repository,
  { tracked, differing }: GitListing,
  workTree: boolean,
  found: Pick<SourceFile, "path" | "format" | "delimiter">,
): ListedFile | null {
  const name = found.path;
  const committed = differing.has(name) && workTree ? undefined : tracked.get(name);
  const here = committed !== undefined && differing.has(name) ? null : standing(root, name);
  if (committed !== undefined) {
    const { blob, bytes } = committed;
    return {
      file: { ...found, bytes: here?.bytes ?? bytes, blob, identity: blob },
      inPlace: here?.identity ?? null,
      changedAt: here?.changedAt ?? 0,
    };
  }
  if (here === null) return null;
  return {
    file: { ...found, bytes: here.bytes, blob: null, identity: here.identity },
    inPlace: here.identity,
    changedAt: here.changedAt,
  };
}

/** Git keeps a link to a folder, and nothing of what lies in it. @throws SourceOutsideError */
function refuseLinksAbove(repository: Repository, source: string): void {
  const folders = source.split("/").slice(0, -1);
  for (const depth of folders.keys()) refuseLink(repository, folders.slice(0, depth + 1).join("/"));
}

/** A link that is not committed yet would be refused as soon as it is. @throws SourceOutsideError */
function refuseLink({ root }: Repository, name: string): void {
  if (!isLink(path.join(root, name))) return;
  const real = realInside(root, name);
  const target = real === null ? "" : `; name what it leads to, ${quoted(path.relative(realpathSync(root), real))}`;
  throw new SourceOutsideError(name, `is a symbolic link, which a commit keeps as a link${target}`);
}

function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}

/** A file as it stands in the work tree. */
interface StandingFile {
  readonly bytes: number;
  readonly identity: string;
  /** Epoch milliseconds. */
  readonly changedAt: number;
}

/** @returns `null`: there is none. @throws SourceOutsideError */
export function standing(root: string, name: string): StandingFile | null {
  const real = realInside(root, name);
  const facts = real === null ? undefined : statSync(real, { bigint: true, throwIfNoEntry: false });
  if (facts?.isFile() !== true) return null;
  const identity = `${facts.size}-${facts.mtimeNs}-${facts.ino}`;
  return { bytes: Number(facts.size), identity, changedAt: Number(facts.ctimeMs) };
}

async function nothingFound(
  git: GitProcess,
  { root, baseCommit }: Repository,
  source: string,
  workTree: boolean,
): Promise<Finding> {
  const list = workTree
    ? ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    : ["ls-tree", "-r", "-z", "--name-only", "--full-tree", baseCommit];
  const names = await git.run(list, { cwd: root });
  const known = names.split("\0").filter((name) => sourceFormat(name) !== null);
  const wanted = source.split("/").at(-1)!;
  const near =
    nearest(source, known) ??
    known.find(
      (name) =>
        name.split("/").at(-1) ===
        nearest(
          wanted,
          known.map((other) => other.split("/").at(-1)!),
        ),
    );
  const advice = near === undefined ? "" : ` There is ${quoted(near)}.`;
  return finding("no-files", {}, `No file matches ${quoted(source)}.${advice}`);
}
