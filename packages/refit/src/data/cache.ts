import path from "node:path";
import type { Files } from "../ports/files.ts";
import type { Repository } from "../ports/repository.ts";
import { openSealedJson, sealJson } from "../sealed-json.ts";
import { sha256 } from "../sha256.ts";
import { decodeText, encodeText } from "../text.ts";

/*
 * Caches lie in the git common directory. Any of them may be missing, damaged or read-only at any time: what cannot be
 * read is made again, what cannot be written is done without, and no run ends by it.
 */

/** @param name below the folder of caches, such as `history/records`. @returns `null`: it cannot be read. */
export async function readCache(files: Files, repository: Repository, name: string): Promise<Uint8Array | null> {
  return files.read(pathOf(repository, name)).catch(unlessOfTheDisk);
}

/** Writes a cache where that is possible. */
export async function writeCache(files: Files, repository: Repository, name: string, bytes: Uint8Array): Promise<void> {
  await files.write(pathOf(repository, name), bytes, { lasting: false }).catch(unlessOfTheDisk);
}

/** Adds to the end of a cache where that is possible. */
export async function growCache(files: Files, repository: Repository, name: string, bytes: Uint8Array): Promise<void> {
  await files.write(pathOf(repository, name), bytes, { lasting: false, appends: true }).catch(unlessOfTheDisk);
}

/** What `keepValue` was given under this name; `null`: nothing, or it cannot be read, or it is not what was written. */
export async function recallValue(
  files: Files,
  repository: Repository,
  name: string,
): Promise<{ readonly value: unknown } | null> {
  const bytes = await readCache(files, repository, name);
  return bytes === null ? null : openSealedJson(decodeText(bytes));
}

/** @param value anything that JSON can carry. */
export async function keepValue(files: Files, repository: Repository, name: string, value: unknown): Promise<void> {
  await writeCache(files, repository, name, encodeText(sealJson(value)));
}

/** The numbers that `keepDigests` was given under this name; `null`: nothing, or it cannot be read, or it is not what was written. */
export async function recallDigests(
  files: Files,
  repository: Repository,
  name: string,
): Promise<BigUint64Array | null> {
  const bytes = await readCache(files, repository, name);
  if (bytes === null || bytes.length < sealBytes || bytes.length % 8 !== 0) return null;
  // A copy, so that the numbers begin where they may.
  const own = new Uint8Array(bytes.subarray(sealBytes));
  if (sha256(own) !== Buffer.from(bytes.subarray(0, sealBytes)).toString("hex")) return null;
  return new BigUint64Array(own.buffer);
}

/** Numbers of 64 bits, below their own digest. */
export async function keepDigests(
  files: Files,
  repository: Repository,
  name: string,
  digests: BigUint64Array,
): Promise<void> {
  const own = new Uint8Array(digests.buffer, digests.byteOffset, digests.byteLength);
  await writeCache(files, repository, name, Buffer.concat([Buffer.from(sha256(own), "hex"), own]));
}

const sealBytes = 32;

function pathOf({ commonDir }: Repository, name: string): string {
  return path.join(commonDir, "refit", "cache", name);
}

/** Passes over what the operating system refuses; anything else is a bug. */
function unlessOfTheDisk(error: unknown): null {
  if (error instanceof Error && "syscall" in error) return null;
  throw error;
}
