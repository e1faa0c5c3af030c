import path from "node:path";

import { SourceVanishedError } from "@refit/core/errors";

import type { SourceFile } from "../../../ports/sources.ts";
import type { Repository } from "../../../ports/repository.ts";
import type { GitProcess } from "../../git/git-process.ts";
import { digestCache, type DigestCache } from "../digest-cache.ts";
import type { SourceReader } from "../source-kind.ts";
import { hashed, type FoundFile } from "./found-file.ts";
import { listSources, standing } from "./list-sources.ts";
import { listingsOf } from "./listings.ts";
import { storedCopy, type TrackedSource } from "./stored-copy.ts";
import { watchedSources } from "./watched-paths.ts";

/**
 * Data files of the repository: tracked ones as the base commit has them, others where they lie.
 *
 * Lists without reading, and remembers digests by identity in the git common directory.
 */
export function gitSources(git: GitProcess): SourceReader {
  const caches = new Map<string, DigestCache>();
  const listings = listingsOf(git);
  /** Work tree files that are what their blob says, with what they looked like when that was found out. */
  const inPlace = new Map<string, string>();

  function cacheOf({ commonDir }: Repository): DigestCache {
    const file = path.join(commonDir, "refit", "cache", "digests.txt");
    const cache = caches.get(file) ?? digestCache(file);
    caches.set(file, cache);
    return cache;
  }

  return {
    async list(repository, manifest, { workTree }) {
      const { files, ...rest } = await listSources(git, { repository, manifest, listings }, workTree);
      const cache = cacheOf(repository);
      const listed = await Promise.all(
        files.map(async ({ file, inPlace: identity }) => {
          if (file.blob !== null && identity !== null) inPlace.set(placeKey(repository, file), identity);
          // The stored blob may be a pointer of other size than the data.
          const known = file.blob === null ? null : await cache.get(file.identity);
          return known === null ? file : { ...file, bytes: known.bytes };
        }),
      );
      return { files: listed, ...rest };
    },

    async knownDigest(repository, file) {
      return (await cacheOf(repository).get(file.identity))?.sha256 ?? null;
    },

    watched: watchedSources,
    earlier: async () => null,

    async fetch(repository, file) {
      const unchanged = inPlace.get(placeKey(repository, file));
      const { blob } = file;
      const { localPath, known } =
        blob === null
          ? await hashed(file, untrackedPath(repository, file))
          : await trackedFile(git, repository, { ...file, blob }, unchanged ?? null);
      await cacheOf(repository).add(file.identity, known);
      return { ...file, ...known, localPath };
    },
  };
}

function placeKey({ root }: Repository, { path: name, blob }: SourceFile): string {
  return [root, name, blob].join("\0");
}

function untrackedPath({ root }: Repository, file: SourceFile): string {
  const now = standing(root, file.path);
  if (now?.identity !== file.identity) throw new SourceVanishedError(file.path);
  return path.join(root, file.path);
}

/** The work tree file where it still is what was listed, else a copy of what is stored. */
function trackedFile(
  git: GitProcess,
  repository: Repository,
  file: TrackedSource,
  listed: string | null,
): Promise<FoundFile> {
  const { root } = repository;
  const isUnchanged = listed !== null && standing(root, file.path)?.identity === listed;
  return isUnchanged ? hashed(file, path.join(root, file.path)) : storedCopy(git, repository, file);
}
