import { CandidatesInvalidError, quoted } from "@refit/core/errors";
import {
  canonicalJson,
  candidateFile,
  handOverDigest,
  isHandOverPath,
  type Json,
  type TrainedCandidateFacts,
} from "@refit/core/history";
import type { ArtifactFiles } from "@refit/core/runtime";
import type { WorkTree } from "../ports/work-tree.ts";
import { sha256 } from "../sha256.ts";
import { encodeText } from "../text.ts";
import { artifactPrefix } from "./open-trained.ts";

/**
 * Writes one candidate into a folder of its own, whose name is the digest of its content.
 *
 * @param artifact empty: it was not trained.
 * @param scratch a folder of ours, if possible on the same disk.
 * @returns the name, 64 hex digits. @throws FilesInTheWayError
 */
export async function writeTrained(
  workTree: WorkTree,
  { folder, scratch }: { readonly folder: string; readonly scratch: string },
  facts: TrainedCandidateFacts,
  artifact: ArtifactFiles,
): Promise<string> {
  const index = canonicalJson(JSON.parse(JSON.stringify({ format: 1, ...facts })) as Json, 2);
  const files = new Map([[candidateFile, encodeText(`${index}\n`)]]);
  for (const [file, bytes] of artifact) files.set(`${artifactPrefix}${file}`, bytes);
  const odd = [...files.keys()].find((file) => !isHandOverPath(file));
  if (odd !== undefined)
    throw new CandidatesInvalidError(`${quoted(odd)} is not a valid name for a file of an artifact`);
  const digests = new Map([...files].map(([file, bytes]) => [file, sha256(bytes)]));
  const name = handOverDigest(digests, sha256).slice("sha256:".length);
  const planned = [...files].map(([file, bytes]) => ({ path: `${name}/${file}`, bytes, replaces: null }));
  await workTree.write(folder, planned, scratch);
  return name;
}
