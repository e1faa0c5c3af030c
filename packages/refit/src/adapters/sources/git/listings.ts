import { globRoot, schemeOf, type DataManifest } from "@refit/core/spec";
import type { Repository } from "../../../ports/repository.ts";
import { systemClock } from "../../clock.ts";
import type { GitProcess } from "../../git/git-process.ts";
import { gitListing, type GitListing } from "./git-listing.ts";
import { realInside, requireInside } from "./inside.ts";
import { lastChange } from "./last-change.ts";
import { fewFolders, namedFolders } from "./named-folders.ts";
import { cutter, type CutListing } from "./narrow-listing.ts";

/** What git knows of the folders that a manifest names. */
export interface GivenListing {
  readonly listing: GitListing;
  /** When git was asked, epoch milliseconds; `null`: by this very question. */
  readonly askedAt: number | null;
}

/** @param anew whether git is asked whatever it has told before. @throws SourceOutsideError */
export type Listings = (repository: Repository, manifest: DataManifest, anew?: boolean) => Promise<GivenListing>;

/** The last thing that git was asked. */
interface LastListing {
  /** Repository and commit. */
  readonly of: string;
  readonly folders: readonly string[];
  readonly askedAt: number;
  /** How often other folders were wanted. */
  readonly misses: number;
  readonly cut: CutListing;
}

/** Milliseconds that an answer serves. */
const longestServed = 10_000;
/** Milliseconds by which the time stamps of a disk may lag behind the clock. */
const diskLag = 20;

/**
 * Asks git once for many manifests: first for the folders of one, with those of its further tables; when another comes, for those of
 * all manifests of the base commit. Where something has changed since in the folders of a manifest, git is asked again.
 */
export function listingsOf(git: GitProcess): Listings {
  let last: LastListing | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  async function given(repository: Repository, manifest: DataManifest, anew: boolean): Promise<GivenListing> {
    const own = foldersOf(repository, manifest.sources);
    const of = [repository.root, repository.baseCommit].join("\0");
    const known = last?.of === of ? last : null;
    const isMissed = known !== null && !own.every((folder) => isWithin(known.folders, folder));
    if (known !== null && !isMissed && !anew && isCurrent(known, repository, manifest)) {
      return { listing: known.cut(own), askedAt: known.askedAt };
    }
    const folders = [...(known?.folders ?? []), ...own, ...furtherFolders(repository, manifest)];
    const misses = (known?.misses ?? 0) + (isMissed ? 1 : 0);
    if (isMissed) folders.push(...(misses === 1 ? await namedFolders(git, repository) : own.map(firstFolder)));
    const askedAt = systemClock.now() - diskLag;
    const few = fewFolders(folders);
    const listing = await gitListing(git, repository, few);
    last = { of, folders: few, askedAt, misses, cut: cutter(listing) };
    return { listing: last.cut(own), askedAt: null };
  }

  return (repository, manifest, anew = false) => {
    // Whoever comes meanwhile may be served by what is being asked.
    const mine = turn.then(() => given(repository, manifest, anew));
    turn = mine.catch(() => {});
    return mine;
  };
}

function isCurrent({ askedAt }: LastListing, { root }: Repository, { sources }: DataManifest): boolean {
  return systemClock.now() - askedAt < longestServed && lastChange(root, sources) < askedAt;
}

/** Whether a path is one of the folders or lies in one. */
function isWithin(folders: readonly string[], name: string): boolean {
  const parts = name.split("/");
  return folders.includes("") || parts.some((_, i) => folders.includes(parts.slice(0, i + 1).join("/")));
}

const firstFolder = (name: string) => name.slice(0, name.indexOf("/") + 1 || undefined).replace(/\/$/, "");

/** Of the further tables in this repository. @throws SourceOutsideError */
function furtherFolders(repository: Repository, { tables = [] }: DataManifest): readonly string[] {
  const sources = tables.flatMap((table) => table.sources.filter(({ path }) => schemeOf(path) === ""));
  return foldersOf(repository, sources);
}

/** Where files may be that match. @throws SourceOutsideError */
function foldersOf({ root }: Repository, sources: DataManifest["sources"]): readonly string[] {
  for (const { path: source } of sources) requireInside(source);
  const folders = [...new Set(sources.map(({ path: source }) => globRoot(source)))];
  for (const folder of folders) realInside(root, folder);
  return folders;
}
