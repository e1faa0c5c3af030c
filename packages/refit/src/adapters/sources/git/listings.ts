import { globRoot, schemeOf, type DataManifest } from "@refit/core/spec";
import type { Repository } from "../../../ports/repository.ts";
import type { GitProcess } from "../../git/git-process.ts";
import { gitListing, type GitListing } from "./git-listing.ts";
import { realInside, requireInside } from "./inside.ts";

/** What git knows of the folders that a manifest names. @throws SourceOutsideError */
export type Listings = (repository: Repository, manifest: DataManifest) => Promise<GitListing>;

/**
 * Git is asked about the further tables together with the model's own rows, as whoever lists these lists those next. Each such listing
 * is used once, so that whoever lists a second time sees what has changed.
 */
export function listingsOf(git: GitProcess): Listings {
  const aside = new Map<string, GitListing>();
  const keyOf = ({ root, baseCommit }: Repository, table: string, roots: readonly string[]) =>
    JSON.stringify([root, baseCommit, table, roots]);
  return async (repository, { sources, tables = [], ofTable }) => {
    const own = await foldersOf(repository, sources);
    const key = ofTable === undefined ? null : keyOf(repository, ofTable, own);
    const known = key === null ? undefined : aside.get(key);
    if (key !== null) aside.delete(key);
    if (known !== undefined) return known;

    const further = new Map<string, readonly string[]>();
    for (const table of tables) further.set(table.name, await foldersOf(repository, ofGit(table.sources)));
    const listing = await gitListing(git, repository, [...new Set([own, ...further.values()].flat())]);
    for (const [name, folders] of further) aside.set(keyOf(repository, name, folders), listing);
    return listing;
  };
}

const ofGit = (sources: DataManifest["sources"]) => sources.filter(({ path }) => schemeOf(path) === "");

/** Where files may be that match. @throws SourceOutsideError */
async function foldersOf({ root }: Repository, sources: DataManifest["sources"]): Promise<readonly string[]> {
  for (const { path: source } of sources) requireInside(source);
  const folders = [...new Set(sources.map(({ path: source }) => globRoot(source)))];
  for (const folder of folders) await realInside(root, folder);
  return folders;
}
