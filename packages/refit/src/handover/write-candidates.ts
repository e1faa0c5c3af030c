import { CandidatesInvalidError, quoted } from "@refit/core/errors";
import {
  canonicalJson,
  handOverDigest,
  handedOverParts,
  handOverFile,
  isHandOverPath,
  type HandedOverModel,
  type Json,
  type HandOver,
} from "@refit/core/history";
import { sha256 } from "../sha256.ts";
import { flatName } from "@refit/core/history";
import { foundWords } from "@refit/core/runtime";
import type { WorkTree } from "../ports/work-tree.ts";
import type { Candidate, Training } from "../products/training.ts";
import { encodeText } from "../text.ts";

/** Writes what a training job has made into a folder. */
export interface CandidatesWriter {
  add(of: Pick<HandedOverModel, "model" | "inputDigest" | "parent">, training: Training): Promise<void>;
  /** @returns the digest of the whole folder. */
  close(): Promise<string>;
}

/** @param scratch a folder of ours, if possible on the same disk. @throws FilesInTheWayError */
export function candidatesWriter(workTree: WorkTree, folder: string, scratch: string): CandidatesWriter {
  const digests = new Map<string, string>();
  const models: HandedOverModel[] = [];

  async function put(files: ReadonlyMap<string, Uint8Array>): Promise<void> {
    for (const name of files.keys()) {
      if (isHandOverPath(name)) continue;
      throw new CandidatesInvalidError(`${quoted(name)} is not a valid name for a file of an artifact`);
    }
    const planned = [...files].map(([file, bytes]) => ({ path: file, bytes, replaces: null }));
    await workTree.write(folder, planned, scratch);
    for (const [file, bytes] of files) digests.set(file, sha256(bytes));
  }

  return {
    async add(of, { candidates, chosen, challenger, procedure, shipped }) {
      const artifacts = { challenger: challenger.artifact, procedure, shipped };
      const files = handedOverParts.flatMap((part) =>
        [...(artifacts[part] ?? [])].map(([file, bytes]) => [`${flatName(of.model)}/${part}/${file}`, bytes] as const),
      );
      await put(new Map(files));
      models.push({
        ...of,
        candidates: candidates.map(handedOver),
        chosen: candidates.indexOf(chosen),
        training: challenger.training ?? null,
        ...(!challenger.reproducible && { reproducible: false as const }),
      });
    },
    async close() {
      const index: HandOver = { format: 1, models };
      await put(
        new Map([[handOverFile, encodeText(`${canonicalJson(JSON.parse(JSON.stringify(index)) as Json, 2)}\n`)]]),
      );
      return handOverDigest(digests, sha256);
    },
  };
}

function handedOver({ validation, learned, bytes, seconds, failure, settings }: Candidate) {
  const found = foundWords(settings);
  const told = { ...(failure !== undefined && { failure }), ...(found !== null && { found }) };
  return { validation: validation ?? null, learned, bytes, seconds, ...told };
}
