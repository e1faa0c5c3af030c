import path from "node:path";
import { SourceLfsPointerError, SourceVanishedError } from "@refit/core/errors";
import type { RowFile, NamingProblem } from "../../../../ports/sources.ts";
import type { Repository } from "../../../../ports/repository.ts";
import type { GitProcess } from "../../../git/git-process.ts";
import { digestCache, type DigestCache, type KnownDigest } from "../../digest-cache.ts";
import { hashed } from "../found-file.ts";
import { standing } from "../list-sources.ts";
import { storedCopy } from "../stored-copy.ts";
import type { FoundName } from "./look-up.ts";

/** Files that are hashed at a time: each waits for the disk. */
const atOnce = 8;

/** Digests of files that rows name, so that each is read once. */
export interface NameDigests {
  /** `null`: some of them have not been hashed on this machine. */
  known(found: readonly FoundName[], repository: Repository): Promise<ReadonlyMap<FoundName, KnownDigest> | null>;
  /** Reads those that are not known. */
  all(
    found: readonly FoundName[],
    repository: Repository,
  ): Promise<ReadonlyMap<FoundName, KnownDigest | NamingProblem>>;
}

export function nameDigests(git: GitProcess): NameDigests {
  const caches = new Map<string, DigestCache>();
  const cacheOf = ({ commonDir }: Repository): DigestCache => {
    const file = path.join(commonDir, "refit", "cache", "named-digests.txt");
    const cache = caches.get(file) ?? digestCache(file);
    caches.set(file, cache);
    return cache;
  };
  return {
    async known(found, repository) {
      const cache = cacheOf(repository);
      const digests = new Map<FoundName, KnownDigest>();
      for (const each of found) {
        const known = await cache.get(each.identity);
        if (known === null) return null;
        digests.set(each, known);
      }
      return digests;
    },
    async all(found, repository) {
      const cache = cacheOf(repository);
      const digests = new Map<FoundName, KnownDigest | NamingProblem>();
      const unread: FoundName[] = [];
      for (const each of found) {
        const known = await cache.get(each.identity);
        if (known === null) unread.push(each);
        else digests.set(each, known);
      }
      const read: (readonly [identity: string, known: KnownDigest])[] = [];
      const work = unread.values();
      const helper = async (): Promise<void> => {
        for (const each of work) {
          const made = await digestOf(git, repository, each);
          digests.set(each, made);
          if ("sha256" in made) read.push([each.identity, made]);
        }
      };
      await Promise.all(Array.from({ length: Math.min(atOnce, unread.length) }, helper));
      await cache.addAll(read);
      return digests;
    },
  };
}

/** A file with its bytes, which can be had again. */
export function namedFile(
  git: GitProcess,
  repository: Repository,
  found: FoundName,
  { sha256, bytes }: KnownDigest,
): RowFile {
  return { path: found.path, sha256, bytes, bring: () => localPath(git, repository, found) };
}

async function localPath(git: GitProcess, repository: Repository, found: FoundName): Promise<string> {
  const { path: name, blob, identity, placed } = found;
  if (placed !== undefined) return (await placed.bring()).localPath;
  const here = path.join(repository.root, name);
  if (blob !== null && !found.inPlace) return (await storedCopy(git, repository, { path: name, blob })).localPath;
  const now = standingInside(repository.root, name);
  if (blob === null && now?.identity !== identity) throw new SourceVanishedError(name);
  if (blob !== null && now === null) return (await storedCopy(git, repository, { path: name, blob })).localPath;
  return here;
}

/** As it stands in the work tree; `null` also where a link has led out of it since. */
function standingInside(root: string, name: string) {
  try {
    return standing(root, name);
  } catch {
    return null;
  }
}

async function digestOf(
  git: GitProcess,
  repository: Repository,
  found: FoundName,
): Promise<KnownDigest | NamingProblem> {
  try {
    const { placed } = found;
    if (placed === undefined) return (await hashed(found, await localPath(git, repository, found))).known;
    const { sha256, bytes } = await placed.bring();
    return { sha256, bytes };
  } catch (error) {
    if (error instanceof SourceLfsPointerError)
      return { code: "file-missing", words: "is a pointer of Git LFS whose data are not here: run `git lfs pull`" };
    if (error instanceof SourceVanishedError)
      return { code: "file-missing", words: "was there and is gone, or changed while it was read" };
    throw error;
  }
}
