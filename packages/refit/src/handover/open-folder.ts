import path from "node:path";
import { CandidatesAlteredError, CandidatesInvalidError, quoted } from "@refit/core/errors";
import { handOverDigest, handOverLimits, isHandOverPath } from "@refit/core/history";
import type { FolderEntry, Files } from "../ports/files.ts";
import { sha256 } from "../sha256.ts";

/** A folder whose content is what its digest says. */
export interface OpenFolder {
  readonly names: readonly string[];
  /** sha256 by name. */
  readonly digests: ReadonlyMap<string, string>;
  /** @throws CandidatesInvalidError where there is none, CandidatesAlteredError */
  read(name: string): Promise<Uint8Array>;
}

export interface FolderToOpen {
  readonly folder: string;
  readonly entries: readonly FolderEntry[];
  /** The file that says what the others are. */
  readonly index: string;
  /** `sha256:…` of all of it. */
  readonly digest: string;
}

/**
 * Opens a folder that a training job wrote. That job ran code that nobody has to trust, so nothing is read as data before the
 * digest is right, and no link is followed.
 *
 * @throws CandidatesAlteredError, CandidatesInvalidError
 */
export async function openFolder(files: Files, { folder, entries, index, digest }: FolderToOpen): Promise<OpenFolder> {
  if (entries.length > handOverLimits.files) {
    throw new CandidatesInvalidError(`there are ${entries.length} files, more than ${handOverLimits.files}`);
  }
  for (const { path: name, isFile, bytes } of entries) {
    if (!isFile) throw new CandidatesInvalidError(`${quoted(name)} is not a regular file`);
    if (!isHandOverPath(name))
      throw new CandidatesInvalidError(`${quoted(name)} is not a valid name for a file of an artifact`);
    const most = name === index ? handOverLimits.indexBytes : handOverLimits.fileBytes;
    if (bytes > most) throw new CandidatesInvalidError(`${quoted(name)} has ${bytes} bytes, more than ${most}`);
  }

  const digests = new Map<string, string>();
  for (const { path: name } of entries) digests.set(name, sha256(await bytesOf(name)));
  const found = handOverDigest(digests, sha256);
  if (found !== digest) throw new CandidatesAlteredError(folder, found, digest);
  return {
    names: [...digests.keys()],
    digests,
    /** What is used is what was hashed, also when somebody writes into the folder meanwhile. */
    async read(name) {
      const bytes = await bytesOf(name);
      const now = sha256(bytes);
      if (now !== digests.get(name)) throw new CandidatesAlteredError(path.join(folder, name), now, digests.get(name)!);
      return bytes;
    },
  };

  async function bytesOf(name: string): Promise<Uint8Array> {
    const bytes = await files.read(path.join(folder, name));
    if (bytes === null) throw new CandidatesInvalidError(`there is no ${name}`);
    return bytes;
  }
}

/** The files below a folder of it, by their path there. */
export async function filesBelow(opened: OpenFolder, prefix: string): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const name of opened.names) {
    if (name.startsWith(prefix)) found.set(name.slice(prefix.length), await opened.read(name));
  }
  return found;
}
