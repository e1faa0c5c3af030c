import type { Candidates } from "../products/candidates.ts";
import path from "node:path";
import { CandidatesAlteredError, CandidatesInvalidError, quoted } from "@refit/core/errors";
import { handOverDigest, handOverFile, handOverLimits, isHandOverPath, parseHandOver } from "@refit/core/history";
import { sha256 } from "../sha256.ts";
import { flatName } from "@refit/core/history";
import type { Files } from "../ports/files.ts";
import { decodeText } from "../text.ts";

/**
 * Opens what a training job wrote. That job ran code that nobody has to trust, so nothing is read as data before the digest is
 * right, no link is followed, and every field is checked.
 *
 * @param digest such as `sha256:…`, as the training job printed it.
 * @throws CandidatesAlteredError, CandidatesInvalidError
 */
export async function openCandidates(files: Files, folder: string, digest: string): Promise<Candidates> {
  const entries = await files.list(folder);
  if (entries.length > handOverLimits.files) {
    throw new CandidatesInvalidError(`there are ${entries.length} files, more than ${handOverLimits.files}`);
  }
  for (const { path: name, isFile, bytes } of entries) {
    if (!isFile) throw new CandidatesInvalidError(`${quoted(name)} is not a regular file`);
    if (!isHandOverPath(name))
      throw new CandidatesInvalidError(`${quoted(name)} is not a valid name for a file of an artifact`);
    const most = name === handOverFile ? handOverLimits.indexBytes : handOverLimits.fileBytes;
    if (bytes > most) throw new CandidatesInvalidError(`${quoted(name)} has ${bytes} bytes, more than ${most}`);
  }

  const digests = new Map<string, string>();
  for (const { path: name } of entries) digests.set(name, sha256(await bytesOf(name)));
  const found = handOverDigest(digests, sha256);
  if (found !== digest) throw new CandidatesAlteredError(folder, found, digest);

  const { models } = parseHandOver(decodeText(await readAgain(handOverFile)));
  return {
    of: (model) => models.find((entry) => entry.model === model),
    async artifact(model, part) {
      const prefix = `${flatName(model)}/${part}/`;
      const artifact = new Map<string, Uint8Array>();
      for (const name of digests.keys()) {
        if (name.startsWith(prefix)) artifact.set(name.slice(prefix.length), await readAgain(name));
      }
      return artifact;
    },
  };

  async function bytesOf(name: string): Promise<Uint8Array> {
    const bytes = await files.read(path.join(folder, name));
    if (bytes === null) throw new CandidatesInvalidError(`there is no ${name}`);
    return bytes;
  }

  /** What is used is what was hashed, also when somebody writes into the folder meanwhile. */
  async function readAgain(name: string): Promise<Uint8Array> {
    const bytes = await bytesOf(name);
    const now = sha256(bytes);
    if (now !== digests.get(name)) throw new CandidatesAlteredError(path.join(folder, name), now, digests.get(name)!);
    return bytes;
  }
}
