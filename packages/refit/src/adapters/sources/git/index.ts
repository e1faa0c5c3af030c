import { createHash, randomUUID } from "node:crypto";
import { appendFileSync, closeSync, createReadStream, openSync } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";

import { SourceLfsPointerError, SourceVanishedError } from "@refit/core/errors";

import type { SourceFile, Sources } from "../../../ports/sources.ts";
import type { Repository } from "../../../ports/repository.ts";
import type { GitProcess } from "../../git/git-process.ts";
import { digestCache, type DigestCache, type KnownDigest } from "../digest-cache.ts";
import { listSources, standing } from "./list-sources.ts";
import { watchedSources } from "./watched-paths.ts";

/**
 * Data files of the repository: tracked ones as the base commit has them, others where they lie.
 *
 * Lists without reading, and remembers digests by identity in the git common directory.
 */
export function gitSources(git: GitProcess): Omit<Sources, "schemes"> {
  const caches = new Map<string, DigestCache>();
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
      const { files, ...rest } = await listSources(git, repository, manifest, workTree);
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

    async fetch(repository, file) {
      const unchanged = inPlace.get(placeKey(repository, file));
      const localPath =
        file.blob === null
          ? await untrackedPath(repository, file)
          : await trackedPath(git, repository, { path: file.path, blob: file.blob }, unchanged ?? null);
      const known = await digest(file, localPath);
      await cacheOf(repository).add(file.identity, known);
      return { ...file, ...known, localPath };
    },
  };
}

function placeKey({ root }: Repository, { path: name, blob }: SourceFile): string {
  return [root, name, blob].join("\0");
}

async function untrackedPath({ root }: Repository, file: SourceFile): Promise<string> {
  const now = await standing(root, file.path);
  if (now?.identity !== file.identity) throw new SourceVanishedError(file.path);
  return path.join(root, file.path);
}

/** The work tree file where it still is what was listed, else the blob with its filters applied, kept by its id. */
async function trackedPath(
  git: GitProcess,
  { root, commonDir }: Repository,
  file: { readonly path: string; readonly blob: string },
  listed: string | null,
): Promise<string> {
  if (listed !== null && (await standing(root, file.path))?.identity === listed) return path.join(root, file.path);
  const cached = path.join(commonDir, "refit", "cache", "files", file.blob);
  if ((await stat(cached).catch(() => null))?.isFile() === true) return cached;

  await rm(cached, { recursive: true, force: true });
  await mkdir(path.dirname(cached), { recursive: true });
  const temporary = `${cached}.${randomUUID()}.tmp`;
  const descriptor = openSync(temporary, "wx");
  try {
    const { exitCode, stderr } = await git.attempt(["cat-file", "--filters", `--path=${file.path}`, file.blob], {
      cwd: root,
      onOutput: (chunk) => appendFileSync(descriptor, chunk),
    });
    if (exitCode !== 0 && /lfs/i.test(stderr)) throw new SourceLfsPointerError(file.path);
    if (exitCode !== 0) throw new SourceVanishedError(file.path, { cause: new Error(stderr.trim()) });
    if (await isPointer(temporary)) throw new SourceLfsPointerError(file.path);
    await rename(temporary, cached);
  } finally {
    closeSync(descriptor);
    await rm(temporary, { force: true });
  }
  return cached;
}

/** Whether a file is what Git LFS leaves where it did not bring the data. */
async function isPointer(file: string): Promise<boolean> {
  const start = "version https://git-lfs.github.com/spec/";
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(1024), 0, 1024, 0);
    return bytesRead < 1024 && buffer.toString("latin1", 0, start.length) === start;
  } finally {
    await handle.close();
  }
}

/** @throws SourceVanishedError, SourceLfsPointerError */
async function digest(file: SourceFile, localPath: string): Promise<KnownDigest> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    if (await isPointer(localPath)) throw new SourceLfsPointerError(file.path);
    for await (const chunk of createReadStream(localPath, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      hash.update(chunk);
    }
  } catch (error) {
    if (error instanceof SourceLfsPointerError) throw error;
    throw new SourceVanishedError(file.path, { cause: error });
  }
  return { sha256: hash.digest("hex"), bytes };
}
