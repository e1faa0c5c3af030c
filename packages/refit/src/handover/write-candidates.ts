import path from "node:path";
import { CandidatesInvalidError, quoted } from "@refit/core/errors";
import {
  canonicalJson,
  handOverDigest,
  handOverFile,
  isHandOverPath,
  type HandedOverModel,
  type HandOver,
} from "@refit/core/history";
import { sha256 } from "../sha256.ts";
import { flatName } from "@refit/core/history";
import type { Files } from "../ports/files.ts";
import type { Training } from "../products/training.ts";
import { encodeText } from "../text.ts";

/** Writes the challengers of a training job into a folder. */
export interface CandidatesWriter {
  add(of: Pick<HandedOverModel, "model" | "inputDigest" | "parent">, training: Training): Promise<void>;
  /** @returns the digest of the whole folder. */
  close(): Promise<string>;
}

export function candidatesWriter(files: Files, folder: string): CandidatesWriter {
  const digests = new Map<string, string>();
  const models: HandedOverModel[] = [];

  async function put(name: string, bytes: Uint8Array): Promise<void> {
    if (!isHandOverPath(name))
      throw new CandidatesInvalidError(`${quoted(name)} is not a valid name for a file of an artifact`);
    await files.write(path.join(folder, name), bytes);
    digests.set(name, sha256(bytes));
  }

  return {
    async add(of, { candidates, chosen, challenger }) {
      for (const [file, bytes] of challenger.artifact) await put(`${flatName(of.model)}/${file}`, bytes);
      models.push({
        ...of,
        candidates: candidates.map(({ validation, bytes, seconds }) => ({
          validation: validation ?? null,
          bytes,
          seconds,
        })),
        chosen: candidates.indexOf(chosen),
        training: challenger.training ?? null,
      });
    },
    async close() {
      const index: HandOver = { format: 1, models };
      await put(handOverFile, encodeText(`${canonicalJson(index, 2)}\n`));
      return handOverDigest(digests, sha256);
    },
  };
}
