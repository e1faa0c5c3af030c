import path from "node:path";
import {
  CandidatesAlteredError,
  CandidatesInvalidError,
  FormatNewerError,
  quoted,
  type RefitError,
} from "@refit/core/errors";
import { candidateFile, handOverFile, handOverDigest, parseTrainedCandidate } from "@refit/core/history";
import type { NamedFolder, TrainedCandidates } from "../products/candidates.ts";
import type { Files, FolderEntry } from "../ports/files.ts";
import { sha256 } from "../sha256.ts";
import { decodeText } from "../text.ts";
import { filesBelow, openFolder, type OpenFolder } from "./open-folder.ts";

/** Files below the folder of one candidate that are its artifact. */
export const artifactPrefix = "artifact/";

/**
 * Opens the folders of all jobs that trained one candidate each. A folder has the digest of its content for a name. One that is damaged, or that no
 * training job writes, is not used and told; it does not stop the others.
 *
 * @param folder where all of them lie; it may be missing.
 * @throws CandidatesInvalidError where it holds what one job trained for all candidates
 */
export async function openTrained(files: Files, folder: string): Promise<TrainedCandidates> {
  const entries = await files.list(folder);
  if (entries.some(({ path: name }) => name === handOverFile)) {
    throw new CandidatesInvalidError(
      `${folder} has a ${handOverFile}, so one job trained all of them, and its digest is missing: use FOLDER@DIGEST`,
    );
  }
  const refused: string[] = [];
  const opened = new Map<NamedFolder, OpenFolder>();
  for (const [name, own] of byFolder(entries)) {
    try {
      const [found, content] = await openOne(files, path.join(folder, name), { name, entries: own });
      opened.set(found, content);
    } catch (error) {
      if (!isOfFolder(error)) throw error;
      refused.push(`${quoted(name)} is not used (${error.code}): ${clauseOf(error)}.`);
    }
  }
  return {
    kind: "trained",
    refused,
    of: (model) => [...opened.keys()].filter((each) => each.model === model),
    artifact: (each) => filesBelow(opened.get(each)!, artifactPrefix),
  };
}

async function openOne(
  files: Files,
  folder: string,
  { name, entries }: { readonly name: string; readonly entries: readonly FolderEntry[] },
): Promise<readonly [NamedFolder, OpenFolder]> {
  if (!/^[0-9a-f]{64}$/.test(name)) throw new CandidatesInvalidError("its name is not the digest of a candidate");
  const digest = `sha256:${name}`;
  const opened = await openFolder(files, { folder, entries, index: candidateFile, digest });
  const facts = parseTrainedCandidate(decodeText(await opened.read(candidateFile)));
  const artifact = new Map([...opened.digests].filter(([file]) => file.startsWith(artifactPrefix)));
  if (facts.failure === undefined && artifact.size === 0) throw new CandidatesInvalidError("it has no model");
  return [{ ...facts, name, artifactDigest: handOverDigest(artifact, sha256) }, opened];
}

/** Entries by the folder at the top that they are in, with their paths from there. */
function byFolder(entries: readonly FolderEntry[]): ReadonlyMap<string, readonly FolderEntry[]> {
  const folders = new Map<string, FolderEntry[]>();
  for (const entry of entries) {
    const [top, ...rest] = entry.path.split("/") as [string, ...string[]];
    const own = folders.get(top) ?? [];
    own.push({ ...entry, path: rest.join("/") });
    folders.set(top, own);
  }
  return folders;
}

const isOfFolder = (error: unknown): error is RefitError =>
  [CandidatesAlteredError, CandidatesInvalidError, FormatNewerError].some((kind) => error instanceof kind);

function clauseOf(error: RefitError): string {
  if (error instanceof CandidatesInvalidError) return error.what;
  if (error instanceof CandidatesAlteredError) return "a byte or a name in it changed after its job wrote it";
  return error.message.replace(/\.$/, "");
}
